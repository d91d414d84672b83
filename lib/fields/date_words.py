"""The words of dates in the languages that sheets come in: months, weekdays, time zones, and small words between."""

from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_MONTHS = (
    "january jan januar jän jänner janvier janv enero ene janeiro gennaio gen januari styczeń stycznia sty stycz",
    "february feb fév februar février fevrier févr fevr febrero fevereiro fev febbraio februari luty lutego lut",
    "march mar märz maerz mars marzo março marco maart maa mrz mär mae mrt marzec marca marts",
    "april apr avril avr abril abr aprile kwiecień kwietnia kwi",
    "may mai mayo maio maggio mag mei maj maja",
    "june jun juni juin junio junho giugno giu czerwiec czerwca cze",
    "july jul juli juillet juil julio julho luglio lug lipiec lipca lip",
    "august aug août aout aoû aou agosto ago augustus sierpień sierpnia sie augusti",
    "september sep sept septembre septiembre setembro set settembre wrzesień września wrz",
    "october oct oktober okt octobre octubre outubro out ottobre ott październik października paź",
    "november nov novembre noviembre novembro listopad listopada lis",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre grudzień grudnia gru",
)
_WEEKDAYS = (
    "monday mon montag mo lundi lun lunes segunda seg lunedì maandag ma poniedziałek pon",
    "tuesday tue tues dienstag di mardi mar martes terça ter martedì dinsdag wtorek wt",
    "wednesday wed mittwoch mi mercredi mer miércoles mié mie quarta qua mercoledì woensdag wo środa śr",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves jue quinta qui giovedì gio donderdag czwartek czw",
    "friday fri freitag fr vendredi ven viernes vie sexta sex venerdì vrijdag vr piątek",
    "saturday sat samstag sonnabend sa samedi sam sábado sáb sab sabato zaterdag za sobota",
    "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo niedziela",
)
# Hours from UTC. Where an abbreviation has several meanings, the one of the Americas or of Europe counts.
_HOURS = {
    "z utc gmt wet": 0,
    "cet mez bst west wat": 1,
    "cest mesz eet cat sast": 2,
    "eest msk eat trt": 3,
    "gst": 4,
    "pkt": 5,
    "wib ict": 7,
    "sgt hkt awst": 8,
    "jst kst": 9,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
    "brt art adt": -3,
    "ast edt": -4,
    "est cdt": -5,
    "cst mdt": -6,
    "mst pdt": -7,
    "pst akdt": -8,
    "akst": -9,
    "hst": -10,
}
_FILLERS = (
    "de del van der den le el la à at um uhr the of on am t st nd rd th er feira kl klo º ª o clock h hrs hs "
    "ore alle às om uur godz r roku"
)
_HALVES = {"acst": 9.5, "acdt": 10.5, "nst": -3.5, "ndt": -2.5}
_SEASONAL = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}

MONTHS = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
ZONES: dict[str, tzinfo] = {
    **{name: timezone(timedelta(hours=hours)) for names, hours in _HOURS.items() for name in names.split()},
    **{name: timezone(timedelta(hours=hours)) for name, hours in _HALVES.items()},
    **{name: ZoneInfo(place) for name, place in _SEASONAL.items()},
}
SEVERAL_ZONES = frozenset(("cst", "ast", "bst", "gst"))
FILLERS = frozenset(_FILLERS.split())
MARCH_OR_TUESDAY = "mar"
