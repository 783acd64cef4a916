me Ingrid Dahl <ingrid@example.no>
person ruth "Ruth Hansen" <ruth@harbour.example> tags=boss floor=established
person siv "Siv Bakke" <siv@fjord.example> floor=established

2026-03-02T09:00:00Z message siv -> me "Hi Ingrid! Could you introduce me to your boss? I would like to learn about her work. Siv" id="m1"
2026-03-03T09:00:00Z message me -> ruth "Hi Ruth, a friend of mine, Siv Bakke, would like to learn about your work. Would you have half an hour for her? Ingrid" id="m2"
2026-03-04T09:00:00Z message ruth -> me "With pleasure, half an hour is fine." id="m3" reply_to="m2"
2026-03-05T09:00:00Z message me -> ruth, siv "Ruth, meet Siv. Siv, meet Ruth. I leave it to you. Ingrid" id="m4"
2026-03-12T09:00:00Z message ruth -> me "I met Siv today. She asked me for a job, three times. I am not happy. Ruth" id="m5"
2026-04-14T09:00:00Z message siv -> me "Hi Ingrid! My friend Leo is new in town. Could you introduce him to Ruth too? He would love to learn about her work. Siv" id="m6"
