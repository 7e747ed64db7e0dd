"""What an invented commune does for everybody: communication and group events, month by month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from desktop.service.invented.chance import Item, stream
from desktop.service.invented.people import written
from desktop.service.invented.world import World

_SPREAD = (
    ("Phát thanh về chính sách trợ giúp xã hội", "PHAT_THANH", ["CHINH_SACH"]),
    ("Phát thanh về bảo vệ trẻ em", "PHAT_THANH", ["TRE_EM"]),
    ("Hội nghị phòng, chống bạo lực gia đình", "HOI_NGHI", ["BAO_LUC"]),
    ("Tin trên trang của phường về nghề công tác xã hội", "MXH", ["NGHE_CTXH"]),
    ("Sinh hoạt tổ dân phố về người cao tuổi", "SINH_HOAT", ["NCT"]),
)
_MEETINGS = (
    ("Câu lạc bộ người cao tuổi", "CLB"),
    ("Nhóm cha mẹ trẻ khuyết tật", "NHOM_TL"),
    ("Lớp kỹ năng sống cho trẻ em", "KY_NANG"),
    ("Họp tổ dân phố về hộ nghèo", "HOP_THON"),
)


def put_activities(world: World) -> None:
    """Communication and group events from the first day to today."""
    chance = stream(world.seed, "activities")
    world.put("communication", _communications(world, chance))
    world.put("group_event", _group_events(world, chance))


def _days(world: World, chance: Random, least: int, most: int) -> Iterator[date]:
    day = world.first_day + timedelta(days=chance.randint(least, most))
    while day <= world.today:
        yield day
        day += timedelta(days=chance.randint(least, most))


def _communications(world: World, chance: Random) -> Iterator[Item]:
    for day in _days(world, chance, 15, 45):
        title, form, topic = chance.choice(_SPREAD)
        item: Item = {
            "title": title, "date_from": written(day), "form": form, "topic": topic,
            "place": world.place_on(day), "turns": chance.randint(20, 400),
            "cost": chance.randint(2, 40) * 100_000, "source": "NSĐP",
        }  # fmt: skip
        if form == "PHAT_THANH":
            item["airtime_min"] = chance.randint(5, 120)
        yield item


def _group_events(world: World, chance: Random) -> Iterator[Item]:
    for day in _days(world, chance, 20, 50):
        commune = world.place_on(day)
        if commune is None:
            continue
        topic, form = chance.choice(_MEETINGS)
        total = chance.randint(10, 60)
        yield {
            "topic": topic, "date": written(day), "commune": commune, "form": form,
            "turns_total": total, "turns_female": chance.randint(0, total),
            "turns_child": chance.randint(0, total // 4),
            "cost": chance.randint(2, 30) * 100_000, "source": "XHH",
        }  # fmt: skip
