# An invented network. Everybody and everything here is made up.

me       Ingrid Dahl <ingrid.dahl@example.no> languages=nb,en
goal     "work as an analyst in wind power"
interest "wind power"
interest "birds and turbines"
offer    "proofreading in English"
offer    "korrekturlesing på norsk"

person   kari   "Kari Nordmann" <kari@nordlys.example> org="Nordlys" title="Head of Data" tags=mentor
person   ola    "Ola Vik" <ola.vik@havvind.example> org="Havvind Vest" title="Site manager"
person   tom    "Tom Becker" <tom@harbour.example> <tom.becker@post.example> org="Harbour Analytics" title="Partner"
person   siv    "Siv Bakke" <siv.bakke@fjord.example> org="Fjord kommune" title="Miljørådgjevar"
person  eva      "Eva Strand" <eva@sjovind.example> org="Sjøvind" title="Project manager"
person   jonas  "Jonas Lie" <jonas@example.no> circle=personal

# Tom: a year of mail, help given and thanked for, and one favour for a friend already.
2025-05-12T08:10:00Z message me -> tom "Hi Tom, thank you for the talk yesterday. You said that half the work is knowing which sensor lies. Which book would you read first about that? Best, Ingrid" id="d01@demo" subject="Your talk"
2025-05-13T09:00:00Z message tom -> me "Hi Ingrid, glad you liked it. Start with the IEC standard on power performance, then anything on data quality. Tom" id="d02@demo" subject="Re: Your talk" reply_to="d01@demo"
2025-06-20T07:30:00Z message me -> tom "Hi Tom, I read the standard, and chapter eight answered what I had asked myself for weeks. Thank you. I put my notes here in case they are of use to your students. Ingrid" id="d03@demo" subject="The standard"
2025-06-20T15:00:00Z message tom -> me "These are good notes, I have passed them on to two people. How is the search going?" id="d04@demo" subject="Re: The standard" reply_to="d03@demo"
2025-09-02T10:00:00Z message me -> tom "Hi Tom, it goes slowly but I am learning. I proofread the English of your course page, as you said that nobody had. Ingrid" id="d05@demo" subject="Your course page"
2025-09-03T10:00:00Z message tom -> me "You are a star. Coffee when I am in Bergen in October?" id="d06@demo" subject="Re: Your course page" reply_to="d05@demo"
2025-10-14   meeting me, tom "coffee at the harbour"
2025-10-15T08:00:00Z message me -> tom "Thanks for the coffee, Tom. I would like to understand how a site is run day by day. Would you be willing to introduce me to Ola Vik? I have one question for him, and a no is quite all right. Ingrid" id="d07@demo" subject="One question for Ola Vik"
2025-10-16T09:00:00Z message tom -> me "With pleasure. Ola, meet Ingrid; Ingrid, meet Ola. I leave you to it." id="d08@demo" subject="Re: One question for Ola Vik" reply_to="d07@demo"
2025-10-16   intro tom: me <-> ola purpose="how a site is run day by day"
2025-10-17T08:00:00Z message me -> tom "Thank you for introducing me to Ola. I have written to him. Ingrid" id="d09@demo" subject="Re: One question for Ola Vik" reply_to="d08@demo"
2025-11-20T08:00:00Z message me -> tom "Hi Tom, an update: Ola answered, and we talked for half an hour. Your introduction made that possible. Thank you! Ingrid" id="d10@demo" subject="Ola and I talked"
2025-11-20T12:00:00Z message tom -> me "Happy to hear it. Keep me posted." id="d11@demo" subject="Re: Ola and I talked" reply_to="d10@demo"
2026-02-10T09:00:00Z message me -> tom "Hi Tom, my friend Mia is looking for work. Could you put in a good word for her with your recruiter? Ingrid" id="d12@demo" subject="A friend of mine"
2026-02-12T09:00:00Z message tom -> me "Hi Ingrid, I do not know Mia, so I would rather not. I hope she finds something. Tom" id="d13@demo" subject="Re: A friend of mine" reply_to="d12@demo"
2026-04-01T09:00:00Z message tom -> me "We are looking for someone to proofread a report of forty pages in May, by the way. Know anybody?" id="d14@demo" subject="A report"
2026-04-02T09:00:00Z message me -> tom "I would be glad to do it myself. Send it when it is ready. Ingrid" id="d15@demo" subject="Re: A report" reply_to="d14@demo"

# Kari: helped in April, not thanked yet.
2026-01-15   meeting me, kari "the data evening in Oslo"
2026-01-20T08:00:00Z message me -> kari "Hei Kari! Takk for praten på dataveka. Jeg er nysgjerrig på hvordan dere rydder i sensordata. Finnes det en artikkel du ville begynt med? Hilsen Ingrid" id="d21@demo" subject="Takk for praten"
2026-01-22T08:00:00Z message kari -> me "Hei Ingrid. Se på rapporten vår fra i fjor, kapittel tre. Kari" id="d22@demo" subject="Sv: Takk for praten" reply_to="d21@demo"
2026-02-16T08:00:00Z message me -> kari "Hei Kari! Jeg har lest kapittel tre og prøvd metoden på egne data. Skal jeg sende deg det jeg fant? Ingrid" id="d23@demo" subject="Kapittel tre"
2026-02-17T08:00:00Z message kari -> me "Ja, gjerne!" id="d24@demo" subject="Sv: Kapittel tre" reply_to="d23@demo"
2026-04-20T08:00:00Z message me -> kari "Hei Kari! Jeg så at dere lyser ut en stilling som analytiker. Vet du hvem i HR jeg bør skrive til? Ingrid" id="d25@demo" subject="Stillingen som analytiker"
2026-04-24T08:00:00Z message kari -> me "Hei! Skriv til Anne Moen i HR: anne.moen@nordlys.example. Hun svarer alltid." id="d26@demo" subject="Sv: Stillingen som analytiker" reply_to="d25@demo"
2026-04-24   favour  kari -> me  contact_detail  "ga meg navnet på rett person i HR"

# Ola: met once.
2025-10-30   meeting me, ola "half an hour on the telephone, how a site is run"

# Siv: a neighbour in the trade; helps both ways.
2025-08-11T08:00:00Z message me -> siv "Hei Siv! Eg les høyringa om fuglar og vindmøller. Kva for ein rapport byggjer de på? Venleg helsing Ingrid" id="d31@demo" subject="Høyringa"
2025-08-12T08:00:00Z message siv -> me "Hei Ingrid! Det er NINA-rapporten frå i fjor. Eg legg ved lenkja. Siv" id="d32@demo" subject="Sv: Høyringa" reply_to="d31@demo"
2025-08-12T12:00:00Z message me -> siv "Tusen takk! Den hadde eg ikkje funne sjølv." id="d33@demo" subject="Sv: Høyringa" reply_to="d32@demo"
2025-11-03T08:00:00Z message siv -> me "Hei! Kjenner du nokon som kan lese korrektur på ei engelsk side for oss?" id="d34@demo" subject="Engelsk side"
2025-11-03T10:00:00Z message me -> siv "Det gjer eg gjerne. Her er ho attende med nokre merknader." id="d35@demo" subject="Sv: Engelsk side" reply_to="d34@demo"
2025-11-04T08:00:00Z message siv -> me "Å, tusen takk, det var snilt av deg!" id="d36@demo" subject="Sv: Engelsk side" reply_to="d35@demo"
2026-02-05   meeting me, siv "kaffi på rådhuset"
2026-03-16T08:00:00Z message siv -> me "Hei Ingrid! Fekk du sett den nye rapporten? Siv" id="d37@demo" subject="Ny rapport"
2026-03-17T08:00:00Z message me -> siv "Hei Siv! Ja, takk for at du minte meg på han. Kapittelet om havørn var godt. Ingrid" id="d38@demo" subject="Sv: Ny rapport" reply_to="d37@demo"

# Eva: met once, asked lately. She has said that she will see what she can do.
2026-03-10   meeting me, eva "the harbour seminar"
2026-03-11T08:00:00Z message me -> eva "Hei Eva! Takk for praten på havneseminaret. Det du sa om servicebåtene, har jeg tenkt mye på. Ingrid" id="d51@demo" subject="Takk for praten"
2026-03-11T12:00:00Z message eva -> me "Hei Ingrid! Takk i like måte." id="d52@demo" subject="Sv: Takk for praten" reply_to="d51@demo"
2026-03-24T08:00:00Z message me -> eva "Hei Eva! Kunne du tenke deg å introdusere meg for Lars Moe, som leder analysegruppa hos dere? Jeg har ett spørsmål til ham, og det er helt greit å si nei. Ingrid" id="d53@demo" subject="Ett spørsmål til Lars Moe"
2026-03-26T12:00:00Z message eva -> me "Hei! Jeg skal høre med ham og gir lyd fra meg." id="d54@demo" subject="Sv: Ett spørsmål til Lars Moe" reply_to="d53@demo"
