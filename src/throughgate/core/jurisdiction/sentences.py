"""Sentences by code and language; placeholders are the names of parameters."""

# What a step did.
STEPS: dict[str, dict[str, str]] = {
    "term": {
        "en": "{term} from {start}: the day before the same day of the month.",
        "be": "{term} ад {start}: да дня перад тым жа чыслом месяца.",
        "ru": "{term} с {start}: до дня перед тем же числом месяца.",
    },
    "day_missing": {
        "en": "The last month has no day {day}, so the term ends on its last day.",
        "be": "У апошнім месяцы няма {day}-га чысла, таму тэрмін заканчваецца ў яго апошні дзень.",
        "ru": "В последнем месяце нет {day}-го числа, поэтому срок кончается в его последний день.",
    },
    "told": {
        "en": "The last day told by the judgment or the institution. It goes before any calculation.",
        "be": "Апошні дзень паводле прысуду або звестак установы. Ён важнейшы за любы разлік.",
        "ru": "Последний день по приговору или сведениям учреждения. Он важнее любого расчёта.",
    },
    "no_last_day": {
        "en": "{kind}: there is no last day to calculate.",
        "be": "{kind}: апошняга дня, які можна разлічыць, няма.",
        "ru": "{kind}: последнего дня, который можно рассчитать, нет.",
    },
    "replaced": {
        "en": "Unserved restriction of liberty: {unserved}. Instead of it imprisonment: {days}.",
        "be": "Неадбытае абмежаванне волі: {unserved}. Замест яго пазбаўленне волі: {days}.",
        "ru": "Неотбытое ограничение свободы: {unserved}. Вместо него лишение свободы: {days}.",
    },
    "credit_full": {
        "en": "In custody from {start} to {end}: {held}. Taken off the term: {credit}.",
        "be": "Пад вартай ад {start} да {end}: {held}. З тэрміну адымаецца: {credit}.",
        "ru": "Под стражей с {start} по {end}: {held}. Из срока вычитается: {credit}.",
    },
    "credit_surplus": {
        "en": "In custody from {start} to {end}: {held}, already inside the term. The ratio takes "
        "off besides: {credit}.",
        "be": "Пад вартай ад {start} да {end}: {held}, ужо ў межах тэрміну. Паводле суадносін "
        "адымаецца яшчэ: {credit}.",
        "ru": "Под стражей с {start} по {end}: {held}, уже внутри срока. По соотношению вычитается ещё: {credit}.",
    },
    "credit_house_arrest": {
        "en": "House arrest from {start} to {end}: {held}. Taken off the term: {credit}.",
        "be": "Хатні арышт ад {start} да {end}: {held}. З тэрміну адымаецца: {credit}.",
        "ru": "Домашний арест с {start} по {end}: {held}. Из срока вычитается: {credit}.",
    },
    "credit_given": {
        "en": "The judgment credits: {credit}.",
        "be": "Паводле прысуду залічана: {credit}.",
        "ru": "По приговору зачтено: {credit}.",
    },
    "administrative_not_credited": {
        "en": "The administrative arrest from {start} is not credited.",
        "be": "Адміністрацыйны арышт ад {start} не залічваецца.",
        "ru": "Административный арест с {start} не засчитывается.",
    },
    "one_for_one_before": {
        "en": "Before {since} a day in custody counted as one day.",
        "be": "Да {since} дзень пад вартай лічыўся за адзін дзень.",
        "ru": "До {since} день под стражей считался за один день.",
    },
    "one_for_one_regime": {
        "en": "{regime}: a day in custody counts as one day.",
        "be": "{regime}: дзень пад вартай лічыцца за адзін дзень.",
        "ru": "{regime}: день под стражей считается за один день.",
    },
    "recalculated": {
        "en": "The term was still running on {since}, so the days before it are counted anew.",
        "be": "{since} тэрмін яшчэ ішоў, таму ранейшыя дні пералічаныя.",
        "ru": "{since} срок ещё шёл, поэтому прежние дни пересчитаны.",
    },
    "half_day_down": {
        "en": "Half a day left over is dropped.",
        "be": "Лішнія паўдня адкідаюцца.",
        "ru": "Лишние полдня отбрасываются.",
    },
    "half_day_up": {
        "en": "Half a day left over is counted as a day.",
        "be": "Лішнія паўдня лічацца за дзень.",
        "ru": "Лишние полдня считаются за день.",
    },
    "assumed": {
        "en": "Assumed, not confirmed: {rule} ({value}).",
        "be": "Дапушчэнне, не пацверджана: {rule} ({value}).",
        "ru": "Допущение, не подтверждено: {rule} ({value}).",
    },
    "out_of_range": {
        "en": "{term} lies outside the range known to us; check the judgment.",
        "be": "{term}: па-за вядомымі нам межамі; праверце прысуд.",
        "ru": "{term}: вне известных нам пределов; проверьте приговор.",
    },
    "already_served": {
        "en": "The credited days cover the whole term (to {served_on}); the person leaves when the judgment allows it.",
        "be": "Залічаныя дні пакрываюць увесь тэрмін (да {served_on}); чалавек выходзіць, як толькі дазваляе прысуд.",
        "ru": "Зачтённые дни покрывают весь срок (до {served_on}); человек выходит, как только позволяет приговор.",
    },
    "already_in_told": {
        "en": "The decision of {on} is already in the date that was told.",
        "be": "Рашэнне ад {on} ужо ўлічана ў паведамленай даце.",
        "ru": "Решение от {on} уже учтено в сообщённой дате.",
    },
    "reduction_amnesty": {
        "en": "Amnesty takes off {term}.",
        "be": "Паводле амністыі тэрмін скарочаны на {term}.",
        "ru": "По амнистии срок сокращён на {term}.",
    },
    "reduction_pardon": {
        "en": "Pardon takes off {term}.",
        "be": "Паводле памілавання тэрмін скарочаны на {term}.",
        "ru": "По помилованию срок сокращён на {term}.",
    },
    "reduction_other": {
        "en": "The term is cut by {term}.",
        "be": "Тэрмін скарочаны на {term}.",
        "ru": "Срок сокращён на {term}.",
    },
    "reduction_refused": {
        "en": "{kind}: not granted. The date stays.",
        "be": "{kind}: не ўжыта. Дата не змяняецца.",
        "ru": "{kind}: не применено. Дата не меняется.",
    },
    "granted_although_excluded": {
        "en": "The cut is recorded as granted, but the article is among the excluded ones; check it.",
        "be": "Скарачэнне пазначана як ужытае, але артыкул сярод выключаных; праверце.",
        "ru": "Сокращение отмечено как применённое, но статья среди исключённых; проверьте.",
    },
    "final_term": {
        "en": "The new judgment sets the final term: {term} from {start}.",
        "be": "Новы прысуд вызначае канчатковы тэрмін: {term} ад {start}.",
        "ru": "Новый приговор определяет окончательный срок: {term} с {start}.",
    },
    "new_term": {
        "en": "The new judgment: {term} from {start}.",
        "be": "Новы прысуд: {term} ад {start}.",
        "ru": "Новый приговор: {term} с {start}.",
    },
    "unserved_added": {
        "en": "Added from the old sentence: {unserved}.",
        "be": "Дададзена ад старога прысуду: {unserved}.",
        "ru": "Добавлено от старого приговора: {unserved}.",
    },
    "unserved_differs": {
        "en": "The judgment adds {unserved}, while by our count the old sentence had {left} left; check it.",
        "be": "Прысуд дадае {unserved}, а паводле нашага разліку ад старога тэрміну засталося {left}; праверце.",
        "ru": "Приговор добавляет {unserved}, а по нашему расчёту от старого срока осталось {left}; проверьте.",
    },
    "day_off": {
        "en": "It is a Saturday or a Sunday: the person may be let out on the working day before.",
        "be": "Гэта субота або нядзеля: чалавека могуць выпусціць у папярэдні рабочы дзень.",
        "ru": "Это суббота или воскресенье: человека могут выпустить в предыдущий рабочий день.",
    },
    "administrative": {
        "en": "{arrest} in all, counted by 24 hours from {start}.",
        "be": "Усяго {arrest}, кожныя па 24 гадзіны, ад {start}.",
        "ru": "Всего {arrest}, каждые по 24 часа, с {start}.",
    },
    "arrests_in_a_row": {
        "en": "Arrests one after another without release: {count}.",
        "be": "Арыштаў запар без вызвалення: {count}.",
        "ru": "Арестов подряд без освобождения: {count}.",
    },
    "hour_missing": {
        "en": "The hour of detention is not known; the person leaves at that hour.",
        "be": "Гадзіна затрымання невядомая; чалавек выходзіць у тую ж гадзіну.",
        "ru": "Час задержания неизвестен; человек выходит в тот же час.",
    },
    "repeated_breach": {
        "en": "More than 15 days: possible for a repeated breach of the rules on mass events.",
        "be": "Больш за 15 сутак: магчыма за паўторнае парушэнне на масавых мерапрыемствах.",
        "ru": "Более 15 суток: возможно за повторное нарушение на массовых мероприятиях.",
    },
    "fraction": {
        "en": "{fraction} of {term} from {start}.",
        "be": "{fraction} ад тэрміну {term}, лічачы ад {start}.",
        "ru": "{fraction} от срока {term}, считая с {start}.",
    },
    "fraction_in_days": {
        "en": "The fraction is no whole number of months, so it is counted in days.",
        "be": "Доля не дае цэлых месяцаў, таму палічана ў днях.",
        "ru": "Доля не даёт целых месяцев, поэтому посчитана в днях.",
    },
    "at_least_served": {
        "en": "At least six months have to be served.",
        "be": "Трэба адбыць не менш за шэсць месяцаў.",
        "ru": "Надо отбыть не менее шести месяцев.",
    },
    "ask_from": {
        "en": "From this day early release can be asked for. It is not a date of release.",
        "be": "Ад гэтага дня можна ставіць пытанне пра УДВ. Гэта не дата вызвалення.",
        "ru": "С этого дня можно ставить вопрос об УДО. Это не дата освобождения.",
    },
    "only_administration": {
        "en": "Only the administration of the institution can put it to the court.",
        "be": "Прадставіць у суд можа толькі адміністрацыя ўстановы.",
        "ru": "Представить в суд может только администрация учреждения.",
    },
}

# What has to be known first.
QUESTIONS: dict[str, dict[str, str]] = {
    "term_missing": {
        "en": "What is the term?",
        "be": "Які тэрмін?",
        "ru": "Какой срок?",
    },
    "start_missing": {
        "en": "From which day does the term count?",
        "be": "Ад якога дня лічыцца тэрмін?",
        "ru": "С какого дня считается срок?",
    },
    "in_force_missing": {
        "en": "When did the judgment enter into force?",
        "be": "Калі прысуд набыў законную сілу?",
        "ru": "Когда приговор вступил в законную силу?",
    },
    "regime_missing": {
        "en": "Which regime does the judgment set? It decides how days in custody count.",
        "be": "Які рэжым вызначаны прысудам? Ад яго залежыць, як лічацца дні пад вартай.",
        "ru": "Какой режим определён приговором? От него зависит, как считаются дни под стражей.",
    },
    "excluded_unknown": {
        "en": "Is this person excluded from one and a half days for a day in custody? Who is "
        "excluded is not known to us: ask the lawyer.",
        "be": "Ці выключаны чалавек з правіла «дзень за паўтара»? Каго яно не датычыць, нам "
        "невядома: спытайце адваката.",
        "ru": "Исключён ли человек из правила «день за полтора»? Кого оно не касается, нам "
        "неизвестно: спросите адвоката.",
    },
    "house_arrest_ratio": {
        "en": "How many days of this punishment does a day of house arrest count for? We have not found it.",
        "be": "За колькі дзён гэтага пакарання лічыцца дзень хатняга арышту? Мы гэтага не знайшлі.",
        "ru": "За сколько дней этого наказания считается день домашнего ареста? Мы этого не нашли.",
    },
    "reduction_term_missing": {
        "en": "By how much was the term cut?",
        "be": "На колькі скарочаны тэрмін?",
        "ru": "На сколько сокращён срок?",
    },
    "final_term_missing": {
        "en": "What final term does the judgment of {on} set, or how many unserved days does it add?",
        "be": "Які канчатковы тэрмін вызначае прысуд ад {on} або колькі неадбытых дзён ён дадае?",
        "ru": "Какой окончательный срок определяет приговор от {on} или сколько неотбытых дней он добавляет?",
    },
    "parole_excluded_unknown": {
        "en": "Does the article exclude early release? No text was found, and in practice it is "
        "refused: ask the lawyer.",
        "be": "Ці выключае артыкул УДВ? Тэксту мы не знайшлі, на практыцы адмаўляюць: спытайце адваката.",
        "ru": "Исключает ли статья УДО? Текста мы не нашли, на практике отказывают: спросите адвоката.",
    },
    "parole_credit_unknown": {
        "en": "Do credited days count as served for early release? We count calendar days only; confirm it.",
        "be": "Ці лічацца залічаныя дні адбытымі для УДВ? Мы лічым толькі каляндарныя дні; пацвердзіце.",
        "ru": "Считаются ли зачтённые дни отбытыми для УДО? Мы считаем только календарные дни; подтвердите.",
    },
}

# Codes inside the sentences, by parameter name and value.
VALUES: dict[str, dict[str, str]] = {
    "regime:strict": {
        "en": "Strict regime",
        "be": "Строгі рэжым",
        "ru": "Строгий режим",
    },
    "regime:special": {
        "en": "Special regime",
        "be": "Асаблівы рэжым",
        "ru": "Особый режим",
    },
    "regime:prison": {
        "en": "Prison",
        "be": "Турма",
        "ru": "Тюрьма",
    },
    "kind:community_work": {
        "en": "Community work",
        "be": "Грамадскія работы",
        "ru": "Общественные работы",
    },
    "kind:fine": {
        "en": "Fine",
        "be": "Штраф",
        "ru": "Штраф",
    },
    "kind:life": {
        "en": "Life imprisonment",
        "be": "Пажыццёвае зняволенне",
        "ru": "Пожизненное заключение",
    },
    "kind:death": {
        "en": "Death penalty",
        "be": "Смяротнае пакаранне",
        "ru": "Смертная казнь",
    },
    "kind:amnesty": {
        "en": "Amnesty",
        "be": "Амністыя",
        "ru": "Амнистия",
    },
    "kind:pardon": {
        "en": "Pardon",
        "be": "Памілаванне",
        "ru": "Помилование",
    },
    "kind:other": {
        "en": "Cut of the term",
        "be": "Скарачэнне тэрміну",
        "ru": "Сокращение срока",
    },
    "value:not_excluded": {
        "en": "not excluded",
        "be": "не выключаны",
        "ru": "не исключён",
    },
    "value:excluded": {
        "en": "excluded",
        "be": "выключаны",
        "ru": "исключён",
    },
    "value:up": {
        "en": "rounded up",
        "be": "з акругленнем угору",
        "ru": "с округлением вверх",
    },
    "value:add_full": {
        "en": "added in full",
        "be": "дададзена цалкам",
        "ru": "добавлено полностью",
    },
    "value:calendar_days": {
        "en": "calendar days",
        "be": "каляндарныя дні",
        "ru": "календарные дни",
    },
    "value:no": {
        "en": "no",
        "be": "не",
        "ru": "нет",
    },
    "value:1": {
        "en": "one for one",
        "be": "адзін за адзін",
        "ru": "один за один",
    },
    "value:1/2": {
        "en": "two for one",
        "be": "два за адзін",
        "ru": "два за один",
    },
    "value:2": {
        "en": "one for two",
        "be": "адзін за два",
        "ru": "один за два",
    },
}
