"""Many at once: letters checked, things noted and taken back, in the same ledger."""

import threading

from tests.web.conftest import Site

USERS = 10
ROUNDS = 4


def test_many_at_once_get_their_answers(site: Site) -> None:
    wrong: list[tuple[str, int, str]] = []
    done = USERS * [0]

    def user(number: int) -> None:
        with site.client(headers={"accept-language": ("en", "nb", "nn")[number % 3]}) as client:
            for _ in range(ROUNDS):
                for answer in (
                    client.post(
                        "/check/live",
                        data=site.form(to="kari", text=f"Hi Kari, could you get me a job? {number}"),
                    ),
                    client.post("/api/v1/log", json={"text": f'note kari "{number}"'}),
                    client.get("/api/v1/people/kari"),
                    client.get("/today"),
                    client.post("/api/v1/undo", json={}),
                ):
                    done[number] += 1
                    if answer.status_code >= 500 or (answer.status_code >= 400 and answer.status_code != 409):
                        wrong.append((str(answer.url), answer.status_code, answer.text[:200]))

    users = [threading.Thread(target=user, args=(number,)) for number in range(USERS)]
    for one in users:
        one.start()
    for one in users:
        one.join()
    assert wrong == []
    assert done == USERS * [ROUNDS * 5]
    with site.desks.desk() as desk:
        assert desk.store.trouble() == ()


def test_each_gets_their_own_language_at_the_same_time(site: Site) -> None:
    heard: dict[str, set[str]] = {"en": set(), "nb": set(), "nn": set()}

    def user(lang: str) -> None:
        with site.client(headers={"accept-language": lang}) as client:
            for _ in range(15):
                text = client.get("/check").text
                heard[lang].add(text.split('<html lang="')[1][:2])

    users = [threading.Thread(target=user, args=(lang,)) for lang in heard for _ in range(2)]
    for one in users:
        one.start()
    for one in users:
        one.join()
    assert heard == {lang: {lang} for lang in heard}
