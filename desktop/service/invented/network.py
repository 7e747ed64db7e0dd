"""Hamlets, organisations, workers and their trainings of an invented commune."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from desktop.service.invented.chance import Item, Weighted, day_between, stream
from desktop.service.invented.people import MAN, WOMAN, written
from desktop.service.invented.world import World

_EDUCATION = Weighted({"DH": 50, "CD": 22, "TC": 22, "SC": 4, "THS": 2})
_STUDY = Weighted({"CTXH": 40, "XA_HOI_KHAC": 22, "KHAC": 18, "XA_HOI_HOC": 10, "TAM_LY": 10})
_POSTS = {"UBNDXA": "KCT", "TRUONGHOC": "VC", "BENHVIEN": "VC", "CSTGXH": "NV", "CQ": "CB"}
_DEGREES = ("TC", "CD", "DH", "THS")
_ALLOWANCE = 2_600_000
_COURSES = (
    ("Tập huấn kỹ năng quản lý trường hợp", ["QLTH"]),
    ("Tập huấn công tác xã hội với trẻ em", ["TRE_EM"]),
    ("Tập huấn chăm sóc người cao tuổi tại cộng đồng", ["NCT", "CHAM_SOC"]),
    ("Tập huấn phòng, chống bạo lực gia đình", ["BAO_LUC"]),
    ("Bồi dưỡng kiến thức công tác xã hội", ["NEN_TANG", "PHAP_LUAT"]),
)


def put_places(world: World, clients: int) -> None:
    """Hamlets and organisations, more of them for more clients."""
    count = min(60, max(4, clients // 250))
    world.hamlets = world.put(
        "hamlet",
        ({"name": f"Tổ dân phố {10 + n}", "commune": world.unit} for n in range(count)),
    )
    items = list(_organizations(world, clients))
    for item, id in zip(items, world.put("organization", items), strict=True):
        world.organizations.setdefault(str(item["kind"]), []).append(id)


def _organizations(world: World, clients: int) -> list[Item]:
    more = min(6, 1 + clients // 2500)
    names = [("UBNDXA", f"Bộ phận xã hội, UBND {world.place}", False)]
    for n in range(1, more + 1):
        names.append(("TRUONGHOC", f"Trường Tiểu học và Trung học cơ sở {world.place} {n}", True))
        names.append(("BENHVIEN", f"Điểm trạm y tế {world.place} {n}", True))
    names.append(("CSTGXH", f"Cơ sở trợ giúp xã hội {world.place}", True))
    names.append(("CQ", f"Hội Chữ thập đỏ {world.place}", False))
    return [_organization(world, *named) for named in names]


def _organization(world: World, kind: str, name: str, serves: bool) -> Item:
    since = world.unit_since
    item: Item = {
        "name": name, "kind": kind, "ownership": "CONG_LAP", "level": "XA", "unit": world.unit,
        "active_from": written(since), "in_scope": True, "in_plan": serves,
        "provides_service": serves,
    }  # fmt: skip
    if serves:
        item["service_since"] = written(since)
        item["services"] = ["TV", "CSSK"]
    if kind == "CSTGXH":
        item["sub_kind"] = "TONG_HOP"
    return item


def put_workers(world: World, clients: int, collaborators: int) -> None:
    """Workers with one assignment each; `collaborators` of them are cộng tác viên."""
    chance = stream(world.seed, "workers")
    kinds = [kind for kind in _POSTS if world.organizations.get(kind)]
    items: list[Item] = []
    for number in range(min(60, max(6, clients // 400))):
        post = "CTV" if number < collaborators else ""
        items.append(_worker(world, chance, kinds[number % len(kinds)], post))
    world.workers = world.put("worker", items)


def _worker(world: World, chance: Random, kind: str, post: str) -> Item:
    sex = WOMAN if chance.random() < 0.7 else MAN
    person = world.people.person(sex, day_between(chance, date(1968, 1, 1), date(2000, 12, 31)))
    education = "DH" if post else _EDUCATION.pick(chance)
    item: Item = {
        "full_name": person.name, "sex": sex, "birth": written(person.birth),
        "personal_no": world.people.personal_number(person), "ethnic": "01",
        "phone": world.people.phone(), "education": education, "clean_record": "CO_XAC_NHAN",
    }  # fmt: skip
    if education in _DEGREES:
        item["study_field"] = "CTXH" if post else _STUDY.pick(chance)
        item["degree_year"] = person.birth.year + 23
    item["assignment"] = [_assignment(world, chance, kind, post)]
    return item


def _assignment(world: World, chance: Random, kind: str, post: str) -> Item:
    since = written(day_between(chance, world.unit_since, world.today))
    item: Item = {
        "organization": world.organizations["UBNDXA" if post else kind][0],
        "post_kind": post or _POSTS[kind], "is_main": True,
        "full_time": "KHONG_CHUYEN_TRACH" if post else "KIEM_NHIEM",
        "contract_from": since, "date_from": since,
    }  # fmt: skip
    if post:
        item |= {
            "commune": world.unit, "allowance_monthly": _ALLOWANCE, "allowance_source": "NSĐP",
        }  # fmt: skip
    return item


def put_trainings(world: World) -> None:
    """A course every few months, for a part of the workers."""
    chance = stream(world.seed, "trainings")
    items: list[Item] = []
    day = world.first_day + timedelta(days=chance.randint(20, 60))
    while (end := day + timedelta(days=chance.randint(1, 4))) <= world.today:
        name, content = chance.choice(_COURSES)
        some = chance.sample(world.workers, max(1, len(world.workers) // 3))
        items.append(
            {
                "name": name, "kind": "TAP_HUAN", "organiser": "Sở Y tế", "place": world.place,
                "date_from": written(day), "date_to": written(end), "days": (end - day).days + 1,
                "content": content, "cost": chance.randint(3, 15) * 1_000_000, "source": "NSĐP",
                "training_participant": [
                    {"worker": worker, "completed": chance.random() < 0.95} for worker in some
                ],
            }
        )  # fmt: skip
        day += timedelta(days=chance.randint(60, 150))
    world.put("training", items)
