me Ingrid Dahl <ingrid@example.no>
person ruth "Rut Hansen" <ruth@harbour.example> tags=boss floor=established
person siv "Siv Bakke" <siv@fjord.example> floor=established

2026-03-02T09:00:00Z message siv -> me "Hei Ingrid! Kunne du introdusert meg for sjefen din? Jeg vil gjerne lære om arbeidet hennes. Hilsen Siv" id="m1"
2026-03-03T09:00:00Z message me -> ruth "Hei Rut! Siv Bakke vil gjerne lære om arbeidet ditt. Har du en halvtime til henne? Det er helt greit å si nei. Ingrid" id="m2"
2026-03-04T09:00:00Z message ruth -> me "Ja, det går fint, en halvtime har jeg." id="m3" reply_to="m2"
2026-03-05T09:00:00Z message me -> ruth, siv "Rut, møt Siv. Siv, møt Rut. Resten overlater jeg til dere. Ingrid" id="m4"
2026-03-12T09:00:00Z message ruth -> me "Jeg møtte Siv i dag. Hun ba meg om en jobb, tre ganger. Jeg er ikke glad for dette. Rut" id="m5"
2026-04-14T09:00:00Z message siv -> me "Hei Ingrid! Vennen min Leo er ny i byen. Kan du introdusere ham for Rut også? Han vil gjerne lære om arbeidet hennes. Siv" id="m6"
