"""What is said of a study, in English, Belarusian and Russian. Numbers come last, so that no noun has to be counted."""

LANGUAGES = ("en", "be", "ru")

EVENTS: dict[str, dict[str, str]] = {
    "return_political": {
        "en": "return to custody for political reasons",
        "be": "вяртанне ў зняволенне з палітычных прычын",
        "ru": "возвращение в заключение по политическим причинам",
    },
    "return_other": {
        "en": "return to custody for other reasons",
        "be": "вяртанне ў зняволенне з іншых прычын",
        "ru": "возвращение в заключение по другим причинам",
    },
    "return_unknown": {
        "en": "return to custody, reason unknown",
        "be": "вяртанне ў зняволенне, прычына невядомая",
        "ru": "возвращение в заключение, причина неизвестна",
    },
    "death": {"en": "death", "be": "смерць", "ru": "смерть"},
    "exile": {
        "en": "exile",
        "be": "вымушаная эміграцыя (выгнанне)",
        "ru": "вынужденная эмиграция (изгнание)",
    },
    "expelled": {
        "en": "forced expulsion from the country",
        "be": "прымусовы вываз з краіны",
        "ru": "принудительный вывоз из страны",
    },
    "any": {"en": "any of the events", "be": "любая з падзей", "ru": "любое из событий"},
    "": {
        "en": "return to custody of any kind",
        "be": "любое вяртанне ў зняволенне",
        "ru": "любое возвращение в заключение",
    },
}  # fmt: skip

SENTENCES: dict[str, dict[str, str]] = {
    "title": {
        "en": "How long until return to custody, and what else became of people after release",
        "be": "Праз колькі часу людзі вяртаюцца ў зняволенне і што яшчэ адбываецца з імі пасля вызвалення",
        "ru": "Через какое время люди возвращаются в заключение и что ещё происходит с ними после освобождения",
    },
    "everybody": {"en": "Everybody", "be": "Усе разам", "ru": "Все вместе"},
    "as_of": {
        "en": "Events are counted up to {date}.",
        "be": "Падзеі ўлічаныя па {date}",
        "ru": "События учтены по {date}",
    },
    "persons": {"en": "People released: {n}", "be": "Людзей вызвалена: {n}", "ru": "Людей освобождено: {n}"},
    "followed": {
        "en": "Free and in touch on the last day: {n}",
        "be": "На волі і на сувязі ў апошні дзень: {n}",
        "ru": "На свободе и на связи в последний день: {n}",
    },
    "lost": {
        "en": "Nothing is known after the last contact: {n}",
        "be": "Пасля апошняга кантакту нічога не вядома: {n}",
        "ru": "После последнего контакта ничего не известно: {n}",
    },
    "late": {
        "en": "Came into view only some time after release: {n}",
        "be": "Пра іх сталі ведаць толькі праз нейкі час пасля вызвалення: {n}",
        "ru": "О них стало известно только через некоторое время после освобождения: {n}",
    },
    "by_day": {
        "en": "By day {day} after release:",
        "be": "Да дня {day} пасля вызвалення:",
        "ru": "Ко дню {day} после освобождения:",
    },
    "share": {
        "en": "{event}: between {low} and {high}",
        "be": "{event}: ад {low} да {high}",
        "ru": "{event}: от {low} до {high}",
    },
    "share_lost": {
        "en": "{event}: between {low} and {high}; whatever became of those lost: between {least} and {most}",
        "be": "{event}: ад {low} да {high}; што б ні здарылася з тымі, з кім згублена сувязь: ад {least} да {most}",
        "ru": "{event}: от {low} до {high}; что бы ни случилось с теми, с кем потеряна связь: от {least} до {most}",
    },
    "beyond": {
        "en": "Nobody was in view as long as day {days}: nothing can be said of it.",
        "be": "Ні пра кога няма звестак да дня {days}: пра яго нельга сказаць нічога.",
        "ru": "Ни о ком нет сведений до дня {days}: о нём нельзя сказать ничего.",
    },
    "windows": {
        "en": "Completed windows only (counted, not estimated)",
        "be": "Толькі завершаныя тэрміны назірання (палічана, а не ацэнена)",
        "ru": "Только завершённые сроки наблюдения (посчитано, а не оценено)",
    },
    "window": {
        "en": "Day {day} is over for {complete} people and still to come for {waiting}. Free on that day: {free}. "
        "Unknown: {unknown}.",
        "be": "Дзень {day} мінуў для стольких людзей: {complete}; яшчэ наперадзе для стольких: {waiting}. "
        "На волі ў гэты дзень: {free}. Невядома: {unknown}.",
        "ru": "День {day} прошёл для стольких людей: {complete}; ещё впереди для стольких: {waiting}. "
        "На свободе в этот день: {free}. Неизвестно: {unknown}.",
    },
    "rate": {
        "en": "{event}: {n}, that is {low} at least and {high} at most, if all the unknown had it",
        "be": "{event}: {n}, гэта не менш за {low} і не больш за {high}, калі так было з усімі, пра каго невядома",
        "ru": "{event}: {n}, это не менее {low} и не более {high}, если так было со всеми, о ком неизвестно",
    },
    "means": {
        "en": "Mean time free up to day {tau}, in days: between {low} and {high}",
        "be": "Сярэдні час на волі да дня {tau}, у днях: ад {low} да {high}",
        "ru": "Среднее время на свободе до дня {tau}, в днях: от {low} до {high}",
    },
    "days_lost": {
        "en": "{event}: takes between {low} and {high} of these days on average",
        "be": "{event}: у сярэднім забірае ад {low} да {high} з гэтых дзён",
        "ru": "{event}: в среднем отнимает от {low} до {high} из этих дней",
    },
    "repeated": {
        "en": "Returns per 100 people released, repeated ones counted",
        "be": "Вяртанняў на 100 вызваленых, разам з паўторнымі",
        "ru": "Возвращений на 100 освобождённых, вместе с повторными",
    },
    "count": {
        "en": "by day {day}: {event}: between {low} and {high}",
        "be": "да дня {day}: {event}: ад {low} да {high}",
        "ru": "ко дню {day}: {event}: от {low} до {high}",
    },
    "comparisons": {"en": "Do the groups differ?", "be": "Ці адрозніваюцца групы?", "ru": "Различаются ли группы?"},
    "log-rank": {
        "en": "{event}: how often it comes to those still free (log-rank test): {p}",
        "be": "{event}: як часта здараецца з тымі, хто яшчэ на волі (лог-рангавы крытэрый): {p}",
        "ru": "{event}: как часто случается с теми, кто ещё на свободе (логранговый критерий): {p}",
    },
    "Gray": {
        "en": "{event}: what share it comes to (Gray's test): {p}",
        "be": "{event}: якой долі дасягае (крытэрый Грэя): {p}",
        "ru": "{event}: какой доли достигает (критерий Грея): {p}",
    },
    "differ": {
        "en": "if the groups did not differ, a difference as great would come by chance in {p} of cases",
        "be": "калі б групы не адрозніваліся, такое ці большае адрозненне выйшла б выпадкова ў {p} выпадкаў",
        "ru": "если бы группы не различались, такое или большее различие вышло бы случайно в {p} случаев",
    },
    "regression": {
        "en": "What goes with it: {event} (Cox's regression; people: {persons}, events: {events})",
        "be": "Што з гэтым звязана: {event} (рэгрэсія Кокса; людзей: {persons}, падзей: {events})",
        "ru": "Что с этим связано: {event} (регрессия Кокса; людей: {persons}, событий: {events})",
    },
    "ratio": {
        "en": "{column}: one unit more multiplies how often the event comes to those still free by {low} to {high}",
        "be": "{column}: на адзінку больш – частата падзеі сярод тых, хто яшчэ на волі, памнажаецца на лік "
        "ад {low} да {high}",
        "ru": "{column}: на единицу больше – частота события среди тех, кто ещё на свободе, умножается на "
        "число от {low} до {high}",
    },
    "moving": {
        "en": "What goes with “{column}” changes with time, so one number for all days misleads.",
        "be": "Сувязь з «{column}» мяняецца з часам, таму адзін лік на ўсе дні ўводзіць у зман.",
        "ru": "Связь с «{column}» меняется со временем, поэтому одно число на все дни вводит в заблуждение.",
    },
    "assumptions": {"en": "How to read this", "be": "Як гэта чытаць", "ru": "Как это читать"},
    "ninety_five": {
        "en": "“Between” is a 95 % interval: made in this way, 95 of 100 such intervals hold the true number.",
        "be": "«Ад і да» – інтэрвал 95 %: з 100 такіх інтэрвалаў 95 змяшчаюць сапраўдны лік.",
        "ru": "«От и до» – интервал 95 %: из 100 таких интервалов 95 содержат истинное число.",
    },
    "assume": {
        "en": "It holds if those who were in view for a shorter time fare later as the others of their group do.",
        "be": "Ён правільны, калі з тымі, хто быў у полі зроку карацей, далей адбываецца тое самае, што з астатнімі "
        "ў групе.",
        "ru": "Он верен, если с теми, кто был в поле зрения меньше, дальше происходит то же, что с остальными "
        "в группе.",
    },
    "assume_lost": {
        "en": "The wider numbers beside it assume nothing of those lost.",
        "be": "Шырэйшыя лікі побач нічога не дапускаюць пра тых, з кім згублена сувязь.",
        "ru": "Более широкие числа рядом ничего не предполагают о тех, с кем потеряна связь.",
    },
    "competing": {
        "en": "Death and leaving the country are counted as ends of their own: whoever died or left is never counted "
        "as if a return were still to come.",
        "be": "Смерць і ад’езд з краіны ўлічаныя як асобныя зыходы: памерлых і тых, хто з’ехаў, ніколі не лічаць "
        "так, быццам вяртанне ў зняволенне яшчэ наперадзе.",
        "ru": "Смерть и отъезд из страны учтены как отдельные исходы: умерших и уехавших никогда не считают так, "
        "будто возвращение в заключение ещё впереди.",
    },
    "political": {
        "en": "A return to custody for political reasons is what the authorities did; it says nothing of the person.",
        "be": "Вяртанне ў зняволенне з палітычных прычын – учынак улад; пра чалавека яно нічога не кажа.",
        "ru": "Возвращение в заключение по политическим причинам – поступок властей; о человеке оно ничего "
        "не говорит.",
    },
    "missing": {
        "en": "Persons who are not in the table are not included.",
        "be": "Людзі, якіх няма ў табліцы, не ўлічаныя.",
        "ru": "Люди, которых нет в таблице, не учтены.",
    },
    "exact": {
        "en": "These are exact counts: protect them before they are published.",
        "be": "Гэта дакладныя лікі: перад публікацыяй іх трэба абараніць.",
        "ru": "Это точные числа: перед публикацией их надо защитить.",
    },
    "weighted": {
        "en": "Persons are weighted; the counts are of persons, the shares of those they stand for.",
        "be": "Людзі маюць вагі: лікі – гэта самі людзі, долі – тыя, каго яны прадстаўляюць.",
        "ru": "Люди имеют веса: числа – это сами люди, доли – те, кого они представляют.",
    },
    "imputed": {
        "en": "Some days are known only roughly; they were drawn between their limits, and that widens the "
        "intervals.",
        "be": "Некаторыя дні вядомыя толькі прыблізна; іх выбіралі выпадкова ў магчымых межах, і інтэрвалы "
        "ад гэтага шырэйшыя.",
        "ru": "Некоторые дни известны лишь приблизительно; их выбирали случайно в возможных пределах, и "
        "интервалы от этого шире.",
    },
    "robust": {
        "en": "The tests have robust standard errors: a person with a great weight is still one person, "
        "not several.",
        "be": "Крытэрыі палічаныя з робастнымі стандартнымі памылкамі: чалавек з вялікай вагой – гэта адзін чалавек, "
        "а не некалькі.",
        "ru": "Критерии посчитаны с робастными стандартными ошибками: человек с большим весом – это один человек, "
        "а не несколько.",
    },
    "undrawn": {
        "en": "From the limits of days known only roughly, without drawing any day (Turnbull)",
        "be": "Паводле саміх межаў прыблізных дат, без выпадковага выбару дня (Тэрнбул)",
        "ru": "По самим границам приблизительных дат, без случайного выбора дня (Тёрнбулл)",
    },
    "ran_dry": {
        "en": "So few people were in view early that all of them had an event ({where}): the curve cannot "
        "be trusted.",
        "be": "Спачатку ў полі зроку было так мала людзей, што падзея адбылася з усімі ({where}): крывой "
        "нельга давяраць.",
        "ru": "Вначале в поле зрения было так мало людей, что событие произошло со всеми ({where}): кривой "
        "нельзя доверять.",
    },
    "refused": {"en": "Not answered: {where}", "be": "Без адказу: {where}", "ru": "Без ответа: {where}"},
    "dry_group": {
        "en": "So few people of a group were in view early that all had an event: no test of shares.",
        "be": "Спачатку ў полі зроку было так мала людзей адной з груп, што падзея адбылася з усімі: долі не "
        "параўнаныя.",
        "ru": "Вначале в поле зрения было так мало людей одной из групп, что событие произошло со всеми: доли не "
        "сравнены.",
    },
    "limits_late": {
        "en": "Turnbull's curves are not made for persons who came into view late.",
        "be": "Крывыя Тэрнбула не прызначаныя для людзей, пра якіх сталі ведаць праз нейкі час пасля вызвалення.",
        "ru": "Кривые Тёрнбулла не предназначены для людей, о которых стало известно через некоторое время после "
        "освобождения.",
    },
    "limits_many": {
        "en": "Turnbull's curves are for {most} persons at most; those from drawn days are told.",
        "be": "Крывыя Тэрнбула – для невялікіх табліц, найбольшая колькасць людзей: {most}. Пададзеныя крывыя з "
        "выбранымі днямі.",
        "ru": "Кривые Тёрнбулла – для небольших таблиц, наибольшее число людей: {most}. Приведены кривые с выбранными "
        "днями.",
    },
    "limits_none": {
        "en": "Nobody had the event, so there is no curve of it.",
        "be": "Падзея ні з кім не адбылася, таму крывой няма.",
        "ru": "Событие ни с кем не произошло, поэтому кривой нет.",
    },
    "few_events": {
        "en": "{events} events are too few for {columns} columns: a column needs {least} events at least.",
        "be": "Падзей замала (усяго: {events}) для столькіх слупкоў: {columns}. На адзін слупок іх трэба не "
        "менш за {least}.",
        "ru": "Событий слишком мало (всего: {events}) для стольких столбцов: {columns}. На один столбец их нужно не "
        "менее {least}.",
    },
    "constant": {
        "en": "Column “{column}” is the same for everybody, so nothing can go with it.",
        "be": "Слупок «{column}» ва ўсіх аднолькавы, таму з ім нічога не можа быць звязана.",
        "ru": "Столбец «{column}» у всех одинаков, поэтому с ним ничего не может быть связано.",
    },
    "copied": {
        "en": "Column “{column}” follows from the columns before it.",
        "be": "Слупок «{column}» вынікае з папярэдніх слупкоў.",
        "ru": "Столбец «{column}» следует из предыдущих столбцов.",
    },
    "separated": {
        "en": "No finite estimate exists: column “{column}” alone tells who had the event and who did not; "
        "leave it out.",
        "be": "Канечнай ацэнкі няма: слупок «{column}» сам паказвае, з кім адбылася падзея, а з кім не; прыбярыце яго.",
        "ru": "Конечной оценки нет: столбец «{column}» сам показывает, с кем событие произошло, а с кем нет; "
        "уберите его.",
    },
    "no_windows": {
        "en": "No cohort rates: they need dates, and persons in view since their release.",
        "be": "Доляў па завершаных тэрмінах няма: патрэбныя даты і звесткі пра людзей ад дня вызвалення.",
        "ru": "Долей по завершённым срокам нет: нужны даты и сведения о людях со дня освобождения.",
    },
    "stamp": {
        "en": "Input {input}, version {version}, seed {seed}",
        "be": "Уваходныя даныя {input}, версія {version}, зерне {seed}",
        "ru": "Входные данные {input}, версия {version}, зерно {seed}",
    },
    "at_risk": {"en": "in view", "be": "у полі зроку", "ru": "в поле зрения"},
    "axis_days": {"en": "days after release", "be": "дзён пасля вызвалення", "ru": "дней после освобождения"},
    "axis_share": {"en": "share of people released", "be": "доля вызваленых", "ru": "доля освобождённых"},
    "free": {"en": "without any event", "be": "без ніводнай падзеі", "ru": "без единого события"},
}  # fmt: skip
