"""Differences between two versions of the definitions."""

from __future__ import annotations

from desktop.schema.compare import Added, Changed, Removed, Renamed, compare

NOTE = '\n[[field]]\nname = "note"\ntype = "note"\nlabel = "Ghi chú"\n'


def test_the_same_definitions_have_no_difference(forms_of, good):
    assert compare(forms_of(good), forms_of(good)) == ()


def test_fields_and_registers_come_and_go(forms_of, good, tmp_path):
    old = forms_of(good)
    note = 'form = 1\nname = "journey"\ntitle = "Chuyến đi"\n' + NOTE
    new = forms_of({
        **good,
        "registers/journey.toml": note,
        "registers/client.toml": good["registers/client.toml"] + NOTE,
    })  # fmt: skip
    assert set(compare(old, new)) == {Added("client", "note"), Added("journey")}
    assert set(compare(new, old)) == {Removed("client", "note"), Removed("journey")}


def test_renamed_fields_are_found_over_several_renames(forms_of, good):
    old = forms_of({**good, "registers/client.toml": good["registers/client.toml"] + NOTE})
    client = good["registers/client.toml"] + NOTE.replace('"note"\nt', '"remark"\nt', 1)
    client = client.replace("[renamed]", '[renamed]\nnote = "notice"\nnotice = "remark"')
    new = forms_of({**good, "registers/client.toml": client})
    assert compare(old, new) == (Renamed("client", "note", "remark"),)


def test_a_field_dropped_on_purpose_is_told_from_one_that_is_lost(forms_of, good):
    client = good["registers/client.toml"]
    old = forms_of({**good, "registers/client.toml": client + NOTE})
    dropped = client.replace("[renamed]", '[renamed]\nnote = ""')
    new = forms_of({**good, "registers/client.toml": dropped})
    assert compare(old, new) == (Removed("client", "note", declared=True),)


def test_settings_that_differ_are_named(forms_of, good):
    old = forms_of(good)
    client = good["registers/client.toml"].replace("Họ và tên", "Họ tên")
    client = client.replace('title = "Đối tượng"', 'title = "Người"\norder = 3')
    client = client.replace("required = true", "required = false\nlength = 80")
    new = forms_of({**good, "registers/client.toml": client})
    assert compare(old, new) == (
        Changed("client", "", ("title", "order")),
        Changed("client", "full_name", ("label", "required", "length")),
    )
