"""How long until return, and what else becomes of people after release.

`reading.read` takes a table, `study.study` answers everything of it at once; `telling.tell`, `writing.as_json`,
`writing.as_table` and `chart.draw` show the answer. The parts are functions of `persons.Persons`: `curves.curves`
(Aalen-Johansen, Kaplan-Meier), `comparing.log_rank` and `gray`, `means.restricted_means`, `cox.cox`,
`repeated.mean_count`, `turnbull.turnbull`, `cohorts.window`, `lost`.

Death and exile are ends of their own, never censoring. Equal times are ties and stay so.
"""
