# A friend wants to meet my boss "to learn about her work". I introduce her, and she asks for a job. Invented.

me       Ingrid Dahl <ingrid.dahl@example.no> languages=en
person   ruth  "Ruth Hansen" <ruth@harbour.example> org="Harbour Analytics" title="Head of Analysis" tags=boss say=2 floor=established
person   siv   "Siv Bakke" <siv@fjord.example> org="Fjord Council" floor=established

2026-03-02T09:00:00Z message siv -> me "Hi Ingrid, I hope the winter has been kind to you. Could you introduce me to your boss? I would like to learn about her work, nothing more. I only want to hear how an analyst spends the day. Best, Siv" id="i01@demo" subject="Your boss"
2026-03-02   intro   me: siv <-> ruth  state=proposed for=siv purpose="learn about her work"
2026-03-03T08:00:00Z message me -> ruth "Hi Ruth, a friend of mine, Siv Bakke, would like to learn about your work. Would you have half an hour for her? A no is quite all right. Ingrid" id="i02@demo" subject="Siv Bakke / Ruth Hansen"
2026-03-04T08:00:00Z message ruth -> me "With pleasure, half an hour is fine." id="i03@demo" subject="Re: Siv Bakke / Ruth Hansen" reply_to="i02@demo"
2026-03-05T08:00:00Z message me -> ruth, siv "Ruth, meet Siv. Siv, meet Ruth. You have both said that you would like to talk, so I leave it to you. Ingrid" id="i04@demo" subject="Siv Bakke / Ruth Hansen"
2026-03-12T15:00:00Z message ruth -> me "Ingrid, I met Siv today. She did not ask about the work at all. She asked me for a job, three times. I gave an hour to this because you vouched for it, and I am not happy. Ruth" id="i05@demo" subject="Siv"

# A month later, for another friend.
2026-04-14T09:00:00Z message siv -> me "Hi Ingrid! My friend Leo is new in town. Could you introduce him to Ruth too? He would love to learn about her work. Siv" id="i06@demo" subject="My friend Leo"
