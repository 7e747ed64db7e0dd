"""Keying tasks, each in a process of its own: `python build/bench_keys_tasks.py TASK …`."""

from __future__ import annotations

import itertools
import re
import shutil
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bench_window_tasks import ROOT, report, settle

if TYPE_CHECKING:
    from desktop.service.definitions import Definitions
    from desktop.service.workspace import Workspace
    from desktop.widget.form_page import FormPage
    from desktop.widget.main_window import MainWindow

FIELDS, CLIENTS = 60, 2_000
PEOPLE, COURSES, OPENED = 200, 12, 60
PASSES = 5
ROUNDS = 2
TYPED = ("nguyen thi hong 12", "15061980", "kt", "0912345678", "1", "khong", "c")
"""What is typed, one after the other, into whichever field is next."""
MIDDLES = ("Văn", "Đức", "Hữu", "Công", "Minh", "Quang", "Xuân", "Ngọc", "Bá", "Đình")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hải", "Hùng", "Khánh", "Lâm",
         "Long", "Nam", "Phong", "Quân", "Sơn", "Tâm", "Thắng", "Tùng", "Việt", "Vinh")  # fmt: skip
MORE = ("text", "date", "integer", "yes_no", "partial_date", "money")
_SECTION = re.compile(r"\[\[section\]\]\n(?:.+\n)+\n?")


def keys_reference(folder: str) -> None:
    """Key the reference client in a new office."""
    import bench_making
    from tests.bench.keyer import Keyer, put_before, read_paper

    shutil.rmtree(folder, ignore_errors=True)
    paper = read_paper()
    workspace = bench_making.make_office(Path(folder), 0, 0)
    put_before(workspace, paper)
    _, window = _window(workspace, "client", ask=_Nobody())
    keyer = Keyer(window)
    keyer.key_client(paper)
    report(others=len(keyer.count.others), filled=len(keyer.count.filled))


class _Nobody:
    """In the place of whoever answers dialogs: there is to be none."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"a dialog was opened: {name}")


def sixty_fields(folder: Path) -> Definitions:
    """The shipped definitions, the client's page in one piece and longer: its own fields with their
    rules, and plain ones up to `FIELDS` that are asked."""
    from desktop.service.definitions import load_definitions

    forms = folder / "forms"
    shutil.rmtree(forms, ignore_errors=True)
    shutil.copytree(ROOT / "forms", forms)
    file = forms / "registers" / "client.toml"
    text = file.read_text(encoding="utf-8")
    children = ", ".join(f'"{one}"' for one in children_of(text))
    whole = f'[[section]]\nname = "all"\ntitle = "Tất cả"\nchildren = [{children}]\n\n'
    text = whole.join(_SECTION.sub("\0", text).split("\0", 1)).replace("\0", "")
    text = re.sub(r'^section = ".*"\n', "", text, flags=re.MULTILINE)
    kinds = itertools.islice(itertools.cycle(MORE), FIELDS // 2)
    more = (
        f'[[field]]\nname = "more_{n}"\ntype = "{kind}"\nlabel = "Ô thêm {n}"\n'
        f'help = "Để đo."\nlegal = "Không"\n'
        for n, kind in enumerate(kinds)
    )
    head, mark, rest = text.partition("[[column]]")
    file.write_text(head + "\n".join(more) + "\n" + mark + rest, encoding="utf-8")
    return load_definitions(forms)


def children_of(text: str) -> list[str]:
    """Names of the child registers in the sections of a register's file."""
    sections = tomllib.loads(text)["section"]
    return [name for one in sections for name in one.get("children", ())]


def keys_make_sixty(folder: str) -> None:
    """An office with that page, and people for the rules that look at others."""
    import bench_making
    from desktop.service.invented import invent

    Path(folder).mkdir(parents=True, exist_ok=True)
    definitions = sixty_fields(Path(folder))
    workspace = bench_making.make_office(Path(folder) / "data", 0, 0, definitions)
    invent(workspace, CLIENTS, services_per_client=2)
    report(done=True)


def keys_press(folder: str) -> None:
    """From each key of a client's page to the field painted, all live rules on."""
    from bench_tasks import open_measured

    workspace = open_measured(str(Path(folder) / "data"), sixty_fields(Path(folder)))
    app, window = _window(workspace, "client")
    form = window.pages.register_page("client").form
    passes: list[list[float]] = []
    for _ in range(PASSES + 1):
        window.pages.register_page("client").add()
        settle(app)
        asked = len(form.walk.stops())
        if asked < FIELDS:
            raise RuntimeError(f"only {asked} fields are asked")
        passes.append(_type_through(app, form))
        form.clear()
    report(seconds=passes[1:])  # the first builds the page


def _type_through(app: QApplication, form: FormPage) -> list[float]:
    """Type into each field and go on by Enter to the last but one; seconds of each key."""
    found: list[float] = []
    texts = itertools.cycle(TYPED)
    for _ in range(FIELDS - 2):
        for char in next(texts):
            found.append(_timed(app, char))
        found.append(_timed(app, Qt.Key.Key_Return))
        settle(app)
    return found


def _timed(app: QApplication, key: Any) -> float:
    focus = QApplication.focusWidget()
    if focus is None:
        raise RuntimeError("no field has the keyboard")
    begun = time.perf_counter()
    QTest.keyClick(focus, key)
    app.processEvents()
    return time.perf_counter() - begun


def keys_make_rows(folder: str) -> None:
    """Courses with 200 people each."""
    import bench_making

    workspace = bench_making.make_office(Path(folder), 0, 0)
    names = itertools.islice(itertools.product(MIDDLES, GIVEN), PEOPLE)
    workers = [_saved(workspace, "worker", _worker(*name)) for name in names]
    for number in range(COURSES):
        texts = {"name": f"Lớp {number}", "kind": "NGAN_HAN", "date_from": "01/03/2026",
                 "date_to": "05/03/2026", "organiser": "Sở Y tế", "place": "Hà Nam"}  # fmt: skip
        people = [{"worker": one, "completed": "1", "certificate_no": f"CC {n}"}
                  for n, one in enumerate(workers)]  # fmt: skip
        _saved(workspace, "training", texts, people)
    report(done=True)


def _worker(middle: str, given: str) -> dict[str, str]:
    name = f"Nguyễn {middle} {given}"
    return {"full_name": name, "sex": "NAM", "birth": "1980", "education": "CHUA"}


def _saved(
    workspace: Workspace,
    register: str,
    texts: dict[str, str],
    rows: list[dict[str, str]] = (),  # type: ignore[assignment]
) -> str:
    draft = workspace.new_draft(register, texts)
    for given in rows:
        row = draft.add_row("training_participant")
        for name, text in given.items():
            draft.set_text(name, text, row)
    draft.check()
    for problem in draft.problems:
        draft.give_reason(problem, "để đo thời gian")
    workspace.save(draft)
    return draft.id


def keys_open(folder: str) -> None:
    """From a click on each row in turn to the record painted with its people on show."""
    from bench_tasks import open_measured

    app, window = _window(open_measured(folder), "training")
    page = window.pages.register_page("training")
    page.open_record(page.list.rows.ids[0])
    page.form.go_to_section(1)
    settle(app)
    table = page.list.choice.table
    found: list[float] = []
    for turn in range(ROUNDS + OPENED):
        row = (turn + 1) % COURSES
        place = table.visualRect(table.model().index(row, 0)).center()
        begun = time.perf_counter()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, place.y()))
        app.processEvents()
        found.append(time.perf_counter() - begun)
        _must_show(page.form, page.list.rows.ids[row])
        settle(app)
    report(seconds=found[ROUNDS:])


def _must_show(form: FormPage, id: str) -> None:
    box = form.sections.section(1).children_boxes[0]
    if form.draft is None or form.draft.id != id or box.model.rowCount() != PEOPLE:
        raise RuntimeError("the record was not shown with its rows")


def _window(
    workspace: Workspace, register: str, ask: Any = None
) -> tuple[QApplication, MainWindow]:
    from desktop.base import translate
    from desktop.model.jobs import Jobs
    from desktop.widget import theme
    from desktop.widget.main_pages import make_main_window

    app = QApplication(["so-ctxh"])
    translate.install("vi", workspace.paths.translations)
    theme.follow_system(app, workspace.paths.resources)
    window = make_main_window(workspace, Jobs(), ask)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.open_page(f"register.{register}")
    settle(app)
    return app, window


if __name__ == "__main__":
    known = (keys_reference, keys_make_sixty, keys_press, keys_make_rows, keys_open)
    tasks: dict[str, Any] = {function.__name__: function for function in known}
    tasks[sys.argv[1]](*sys.argv[2:])
