"""Every expression of the definitions, prepared alone under an authorizer, and what each reads.

What SQLite reports as read is the field list of a rule, the graph of what to ask again when
another record changes, and the order in which fields are shown and worked out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from desktop.base.errors import Problem
from desktop.schema.definition import Field, Forms, Gate, Level, Register, Rule
from desktop.store.authorizer import Reads
from desktop.store.expressions import Expression, Purpose
from desktop.store.preparing import prepare_expressions

ALWAYS = "1"
"""SQL of what is true of every row."""
MISSING = "BB"
"""Number of the pseudo rule "this field must be filled in"."""

Key = tuple[Purpose, str, str]
"""Purpose, register, and name of rule or field."""


@dataclass(frozen=True, slots=True)
class PreparedRule:
    """A rule, or the demand that a required field is filled in, as SQL over its row."""

    number: str
    register: str
    """Whose rows it is asked of."""
    fields: tuple[str, ...]
    sql: str
    """1 where the rule is broken; 0 or NULL where it holds."""
    reads: Reads
    level: Mapping[Gate, Level]
    message: str
    legal: str = ""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """The expressions of one field that decide whether it is asked, and what it holds."""

    field: Field
    show: str
    required: str
    """SQL that is true where the field must be filled in, its `show_if` not counted; or ""."""
    computed: str
    reads: Mapping[Purpose, Reads]


@dataclass
class RuleBook:
    """The expressions that SQLite accepts, with what they read. Made by `prepare`."""

    forms: Forms
    reads: Mapping[Key, Reads] = field(repr=False)

    @classmethod
    def prepare(cls, forms: Forms, *, try_rows: bool = False) -> tuple[RuleBook, list[Problem]]:
        """Prepare every expression; those with a problem are left out of the book.

        `try_rows` also puts a row into every table and asks every expression of it, which finds
        what fails only when it runs (`forms lint`).
        """
        reads, problems = prepare_expressions(forms, try_rows=try_rows)
        book = cls(forms, {_key(expression): found for expression, found in reads.items()})
        problems += book.cycles()
        return book, problems

    def reads_own(self, number: str) -> frozenset[tuple[str, str]]:
        """(register, column) of the record itself that a rule reads. Raises KeyError."""
        return self._by_number[number].reads.record

    def reads_main(self, number: str) -> frozenset[tuple[str, str]]:
        """(table, column) that a rule reads of the stored registers. Raises KeyError."""
        return self._by_number[number].reads.main

    def readers_of(self, register: str) -> tuple[Rule, ...]:
        """Rules that read stored rows of a register: asked again when one of them changes."""
        numbers = {
            rule.number
            for rule in self._by_number.values()
            if any(table == register for table, _ in rule.reads.main)
        }
        return tuple(rule for rule in self.forms.rules if rule.number in numbers)

    @cached_property
    def _by_number(self) -> dict[str, PreparedRule]:
        return {
            rule.number: rule
            for rules in self.rules.values()
            for rule in rules
            if rule.number != MISSING
        }

    @cached_property
    def rules(self) -> Mapping[str, tuple[PreparedRule, ...]]:
        """Rules by the register of their row; required fields first."""
        found: dict[str, list[PreparedRule]] = defaultdict(list)
        for register in self.forms.registers.values():
            for rule in self.field_rules[register.name]:
                if (missing := self._missing(register, rule)) is not None:
                    found[register.name].append(missing)
        for written in self.forms.rules:
            if (prepared := self._prepared(written)) is not None:
                found[written.on].append(prepared)
        return {name: tuple(rules) for name, rules in found.items()}

    def _prepared(self, rule: Rule) -> PreparedRule | None:
        check = self.reads.get((Purpose.CHECK, rule.on, rule.number))
        when = self.reads.get((Purpose.WHEN, rule.on, rule.number)) if rule.when else Reads()
        if check is None or when is None:
            return None
        broken = f"NOT (\n{rule.check}\n)"
        return PreparedRule(
            rule.number,
            rule.on,
            rule.fields,
            _only_where(rule.when, broken),
            check | when,
            rule.level,
            rule.message,
            rule.legal,
        )

    def _missing(self, register: Register, rule: FieldRule) -> PreparedRule | None:
        if not rule.required:
            return None
        column = rule.field.columns[0]
        conditions = [sql for sql in (rule.show, rule.required) if sql not in ("", ALWAYS)]
        when = " AND ".join(f"(\n{sql}\n)" for sql in conditions)
        own = f"{register.name}.{column} IS NULL"
        reads = Reads(row=frozenset({(register.name, column)}))
        for purpose in (Purpose.SHOW, Purpose.REQUIRED):
            reads |= rule.reads.get(purpose, Reads())
        return PreparedRule(
            MISSING,
            register.name,
            (rule.field.name,),
            _only_where(when, own),
            reads,
            dict.fromkeys(Gate, Level.ERROR),
            "",
        )

    @cached_property
    def missing(self) -> Mapping[tuple[str, str], PreparedRule]:
        """The demand that a field is filled in, by register and field."""
        return {
            (name, rule.fields[0]): rule
            for name, rules in self.rules.items()
            for rule in rules
            if rule.number == MISSING
        }

    @cached_property
    def field_rules(self) -> Mapping[str, tuple[FieldRule, ...]]:
        """By register: fields that are shown, required or worked out by an expression, or always
        required."""
        return {
            register.name: tuple(self._field_rules(register))
            for register in self.forms.registers.values()
        }

    def _field_rules(self, register: Register) -> Iterator[FieldRule]:
        for one in register.fields:
            reads = {
                purpose: found
                for purpose in (Purpose.SHOW, Purpose.REQUIRED, Purpose.COMPUTED)
                if (found := self.reads.get((purpose, register.name, one.name))) is not None
            }
            required = one.required_if if Purpose.REQUIRED in reads else ""
            rule = FieldRule(
                one,
                one.show_if if Purpose.SHOW in reads else "",
                ALWAYS if one.required else required,
                one.computed if Purpose.COMPUTED in reads else "",
                reads,
            )
            if rule.show or rule.required or rule.computed:
                yield rule

    def restricted(self, register: str) -> tuple[str, Reads] | None:
        """`restricted_if` of a register and what it reads."""
        reads = self.reads.get((Purpose.RESTRICTED, register, register))
        return None if reads is None else (self.forms.registers[register].restricted_if, reads)

    def family(self, register: str) -> tuple[str, ...]:
        """A top-level register and its children: the tables of one record."""
        return self._families.get(register, (register,))

    @cached_property
    def _families(self) -> Mapping[str, tuple[str, ...]]:
        return {
            name: (name, *(child.name for child in self.forms.children(name)))
            for name in self.forms.registers
        }

    def rules_between(self, register: str) -> frozenset[str]:
        """Numbers of the rules of a record that read stored records of its own register.

        Records of one batch do not see each other: ask `check_stored` these once they are written.
        """
        family = set(self.family(register))
        return frozenset(
            rule.number
            for rule in self._rules_of(register)
            if any(table in family for table, _ in rule.reads.main)
        )

    def rules_alone(self, register: str) -> frozenset[str]:
        """Numbers of the other rules of a record, `MISSING` among them."""
        numbers = {rule.number for rule in self._rules_of(register)}
        return frozenset(numbers) - self.rules_between(register)

    def _rules_of(self, register: str) -> list[PreparedRule]:
        family = self.family(register)
        return [rule for name in family for rule in self.rules.get(name, ())]

    @cached_property
    def staged_columns(self) -> Mapping[str, frozenset[str]]:
        """By register: columns that some expression reads of own rows, or that one fills."""
        found: dict[str, set[str]] = defaultdict(set)
        for reads in self.reads.values():
            for table, column in reads.record:
                found[table].add(column)
        for name, rules in self.rules.items():
            for rule in rules:
                found[name].update(column for _, column in rule.reads.row if rule.number == MISSING)
        for name, field_rules in self.field_rules.items():
            for field_rule in field_rules:
                found[name].update(field_rule.field.columns)
        return {name: frozenset(columns - {""}) for name, columns in found.items()}

    def cycles(self) -> list[Problem]:
        """Fields that wait for each other: shown or worked out by what depends on themselves."""
        from desktop.store.field_order import cycle_problems

        return cycle_problems(self)


def _key(expression: Expression) -> Key:
    return (expression.purpose, expression.register, expression.name)


def _only_where(when: str, sql: str) -> str:
    return f"CASE WHEN (\n{when}\n) THEN {sql} END" if when else sql
