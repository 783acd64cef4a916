me Ingrid Dahl <ingrid@example.no>
person ruth "Rut Hansen" <ruth@harbour.example> tags=boss floor=established
person siv "Siv Bakke" <siv@fjord.example> floor=established

2026-03-02T09:00:00Z message siv -> me "Hei Ingrid! Kunne du introdusert meg for sjefen din? Eg vil gjerne lære om arbeidet hennar. Helsing Siv" id="m1"
2026-03-05T09:00:00Z message me -> ruth, siv "Rut, her er Siv. Siv, her er Rut. Resten overlèt eg til dykk. Ingrid" id="m4"
2026-03-12T09:00:00Z message ruth -> me "Eg møtte Siv i dag. Ho bad meg om ein jobb, tre gonger. Eg er ikkje glad for dette. Rut" id="m5"
2026-04-14T09:00:00Z message siv -> me "Hei Ingrid! Venen min Leo er ny i byen. Kan du introdusere han for Rut òg? Han vil gjerne lære om arbeidet hennar. Siv" id="m6"
