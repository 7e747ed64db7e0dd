CREATE TABLE IF NOT EXISTS meta (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS code (
  list TEXT NOT NULL,
  code TEXT NOT NULL,
  label TEXT NOT NULL,
  label_en TEXT NOT NULL,
  short TEXT NOT NULL,
  parent TEXT,
  restricted INTEGER NOT NULL,
  valid_from TEXT,
  valid_to TEXT,
  tags TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (list, code)
) STRICT;

CREATE TABLE IF NOT EXISTS counter (
  register TEXT NOT NULL,
  unit TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (register, unit, year)
) STRICT;

CREATE TABLE IF NOT EXISTS change (
  id INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  host TEXT NOT NULL,
  label TEXT NOT NULL,
  kind TEXT NOT NULL,
  undoes INTEGER REFERENCES change(id),
  undone_by INTEGER REFERENCES change(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX IF NOT EXISTS change_undone ON change (undone_by) WHERE undone_by IS NOT NULL;

CREATE TABLE IF NOT EXISTS journal (
  id INTEGER NOT NULL PRIMARY KEY,
  change_id INTEGER NOT NULL REFERENCES change(id),
  register TEXT NOT NULL,
  record_id TEXT NOT NULL,
  before TEXT,
  after TEXT NOT NULL
) STRICT;

CREATE INDEX IF NOT EXISTS journal_record ON journal (record_id);

CREATE TABLE IF NOT EXISTS list_filter (
  person TEXT NOT NULL,
  register TEXT NOT NULL,
  name TEXT NOT NULL,
  filters TEXT NOT NULL,
  PRIMARY KEY (person, register, name)
) STRICT;

CREATE TABLE IF NOT EXISTS office_choice (
  code TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS override (
  register TEXT NOT NULL,
  record_id TEXT NOT NULL,
  row_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  values_digest TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  PRIMARY KEY (record_id, row_id, rule)
) STRICT;

CREATE TABLE IF NOT EXISTS told_apart (
  register TEXT NOT NULL,
  one_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  PRIMARY KEY (register, one_id, other_id)
) STRICT;

CREATE INDEX IF NOT EXISTS told_apart_other ON told_apart (other_id);

CREATE TABLE IF NOT EXISTS snapshot (
  id TEXT NOT NULL PRIMARY KEY,
  unit_id TEXT NOT NULL,
  calendar TEXT NOT NULL,
  period TEXT NOT NULL,
  revision INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  digest TEXT NOT NULL,
  file_name TEXT NOT NULL,
  UNIQUE (calendar, period, revision)
) STRICT;

CREATE TABLE IF NOT EXISTS snapshot_figure (
  snapshot TEXT NOT NULL REFERENCES snapshot(id) ON DELETE CASCADE,
  sheet TEXT NOT NULL,
  part TEXT NOT NULL,
  row TEXT NOT NULL,
  col TEXT NOT NULL,
  exact ANY,
  shown ANY,
  PRIMARY KEY (snapshot, sheet, part, row, col)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS typed_figure (
  calendar TEXT NOT NULL,
  period TEXT NOT NULL,
  sheet TEXT NOT NULL,
  part TEXT NOT NULL,
  row TEXT NOT NULL,
  col TEXT NOT NULL,
  rebased INTEGER NOT NULL,
  value REAL NOT NULL,
  source TEXT NOT NULL,
  entered_at TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  PRIMARY KEY (calendar, period, sheet, part, row, col, rebased)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS office_person (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  roles TEXT NOT NULL,
  must_change INTEGER NOT NULL,
  added_at TEXT NOT NULL,
  disabled_at TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS access_log (
  id INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  host TEXT NOT NULL,
  act TEXT NOT NULL,
  register TEXT NOT NULL,
  ids TEXT NOT NULL,
  count INTEGER NOT NULL,
  reason TEXT NOT NULL,
  what TEXT NOT NULL,
  hash BLOB NOT NULL
) STRICT;

CREATE TRIGGER IF NOT EXISTS access_log_kept BEFORE UPDATE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;

CREATE TRIGGER IF NOT EXISTS access_log_whole BEFORE DELETE ON access_log
BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;

CREATE TABLE IF NOT EXISTS chain (
  change_id INTEGER NOT NULL PRIMARY KEY,
  hash BLOB NOT NULL,
  rows BLOB NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS redaction (
  journal_id INTEGER NOT NULL PRIMARY KEY,
  digest BLOB NOT NULL,
  change_id INTEGER NOT NULL
) STRICT;

CREATE TRIGGER IF NOT EXISTS journal_kept BEFORE UPDATE ON journal
WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE journal_id = OLD.id)
  OR NEW.id <> OLD.id OR NEW.change_id <> OLD.change_id
  OR NEW.register <> OLD.register OR NEW.record_id <> OLD.record_id
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

DROP TRIGGER IF EXISTS change_kept;

CREATE TRIGGER IF NOT EXISTS change_line_kept
BEFORE UPDATE OF id, at, "by", host, kind, undoes ON change
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER IF NOT EXISTS change_label_kept BEFORE UPDATE OF label ON change
WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE journal_id = -OLD.id)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER IF NOT EXISTS journal_whole BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER IF NOT EXISTS change_whole BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER IF NOT EXISTS chain_whole BEFORE DELETE ON chain
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER IF NOT EXISTS redaction_whole BEFORE DELETE ON redaction
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER IF NOT EXISTS chain_kept BEFORE UPDATE ON chain
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER IF NOT EXISTS redaction_kept BEFORE UPDATE ON redaction
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TABLE IF NOT EXISTS anonymised (
  record_id TEXT NOT NULL PRIMARY KEY,
  register TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL
) STRICT;

CREATE TABLE "admin_unit" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "code" TEXT,
  "level" TEXT,
  "type" TEXT,
  "name" TEXT,
  "parent" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "valid_from" TEXT,
  "valid_to" TEXT,
  "legal_source" TEXT
) STRICT;

CREATE INDEX "admin_unit__list" ON "admin_unit" ("deleted_at", "sort_key", "id", "search_key");

CREATE INDEX "admin_unit__parent" ON "admin_unit" ("parent") WHERE "parent" IS NOT NULL;

CREATE TABLE "admin_unit_successor" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "old_unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "new_unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "kind" TEXT,
  "people" TEXT,
  "effective" TEXT,
  "note" TEXT
) STRICT;

CREATE INDEX "admin_unit_successor__list" ON "admin_unit_successor" ("deleted_at", "old_unit", "id", "search_key");

CREATE INDEX "admin_unit_successor__old_unit" ON "admin_unit_successor" ("old_unit") WHERE "old_unit" IS NOT NULL;

CREATE INDEX "admin_unit_successor__new_unit" ON "admin_unit_successor" ("new_unit") WHERE "new_unit" IS NOT NULL;

CREATE TABLE "assessment" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "case_record" TEXT REFERENCES "case_record"(id) DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT,
  "kind" TEXT,
  "assessor" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED,
  "risk" TEXT,
  "protective" TEXT,
  "conclusion" TEXT
) STRICT;

CREATE INDEX "assessment__list" ON "assessment" ("deleted_at", "date", "id", "search_key");

CREATE INDEX "assessment__case_record" ON "assessment" ("case_record") WHERE "case_record" IS NOT NULL;

CREATE INDEX "assessment__assessor" ON "assessment" ("assessor") WHERE "assessor" IS NOT NULL;

CREATE INDEX "assessment__date" ON "assessment" ("date");

CREATE TABLE "assessment_domain" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "assessment" TEXT NOT NULL REFERENCES "assessment"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "domain" TEXT,
  "score" INTEGER,
  "need" TEXT
) STRICT;

CREATE INDEX "assessment_domain__assessment" ON "assessment_domain" ("assessment");

CREATE TABLE "assignment" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "worker" TEXT NOT NULL REFERENCES "worker"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "post_kind" TEXT,
  "commune" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "full_time" TEXT,
  "is_main" INTEGER,
  "date_from" TEXT,
  "date_to" TEXT,
  "end_reason" TEXT,
  "contract_no" TEXT,
  "contract_from" TEXT,
  "contract_to" TEXT,
  "title_code" TEXT,
  "title_other" TEXT,
  "salary_coefficient" REAL,
  "allowance_monthly" INTEGER,
  "allowance_source" TEXT,
  CONSTRAINT "V50a" CHECK (date_to >= date_from),
  CONSTRAINT "V50b" CHECK (contract_to >= contract_from)
) STRICT;

CREATE INDEX "assignment__worker" ON "assignment" ("worker");

CREATE INDEX "assignment__organization" ON "assignment" ("organization") WHERE "organization" IS NOT NULL;

CREATE INDEX "assignment__commune" ON "assignment" ("commune") WHERE "commune" IS NOT NULL;

CREATE TABLE "base_salary" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "date_from" TEXT,
  "amount" INTEGER,
  "document" TEXT,
  "verified" INTEGER
) STRICT;

CREATE INDEX "base_salary__list" ON "base_salary" ("deleted_at", "date_from", "id", "search_key");

CREATE INDEX "base_salary__date_from" ON "base_salary" ("date_from");

CREATE TABLE "baseline" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "kind" TEXT,
  "scope_unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "as_of" TEXT,
  "value" REAL,
  "source" TEXT,
  "method" TEXT
) STRICT;

CREATE INDEX "baseline__list" ON "baseline" ("deleted_at", "kind", "as_of", "id", "search_key");

CREATE INDEX "baseline__scope_unit" ON "baseline" ("scope_unit") WHERE "scope_unit" IS NOT NULL;

CREATE INDEX "baseline__as_of" ON "baseline" ("as_of");

CREATE TABLE "benefit" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "client" TEXT NOT NULL REFERENCES "client"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "kind" TEXT,
  "coefficient" REAL,
  "amount_month" INTEGER,
  "decision_no" TEXT,
  "date_from" TEXT,
  "date_to" TEXT,
  "place" TEXT,
  CONSTRAINT "V50g" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "benefit__client" ON "benefit" ("client");

CREATE TABLE "case_record" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "case_no" TEXT,
  "client" TEXT REFERENCES "client"(id) DEFERRABLE INITIALLY DEFERRED,
  "intake" TEXT REFERENCES "intake"(id) DEFERRABLE INITIALLY DEFERRED,
  "opened" TEXT,
  "criteria" TEXT,
  "manager" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED,
  "case_type" TEXT,
  "status" TEXT,
  "closed" TEXT,
  "close_reason" TEXT,
  "close_result" TEXT,
  "minutes_no" TEXT,
  CONSTRAINT "V22e" CHECK (coalesce((closed IS NOT NULL), 0) = 0 OR (closed >= opened))
) STRICT;

CREATE INDEX "case_record__list" ON "case_record" ("deleted_at", "opened", "id", "search_key");

CREATE INDEX "case_record__case_no" ON "case_record" ("case_no") WHERE "case_no" IS NOT NULL;

CREATE INDEX "case_record__client" ON "case_record" ("client") WHERE "client" IS NOT NULL;

CREATE INDEX "case_record__intake" ON "case_record" ("intake") WHERE "intake" IS NOT NULL;

CREATE INDEX "case_record__manager" ON "case_record" ("manager") WHERE "manager" IS NOT NULL;

CREATE INDEX "case_record__opened" ON "case_record" ("opened");

CREATE TABLE "client" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "kind" TEXT,
  "file_no" TEXT,
  "full_name" TEXT,
  "unknown_name" INTEGER,
  "sex" TEXT,
  "birth_year" INTEGER,
  "birth_month" INTEGER,
  "birth_day" INTEGER,
  "personal_no" TEXT,
  "no_id_reason" TEXT,
  "phone" TEXT,
  "ethnic" TEXT,
  "current_unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "hamlet" TEXT REFERENCES "hamlet"(id) DEFERRABLE INITIALLY DEFERRED,
  "current_address" TEXT,
  "former_unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "marital" TEXT,
  "religion" TEXT,
  "old_id_no" TEXT,
  "ho" TEXT,
  "dem" TEXT,
  "ten" TEXT,
  "note" TEXT,
  "main_category" TEXT,
  "restricted" INTEGER,
  "keeper" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED,
  "household" TEXT REFERENCES "household"(id) DEFERRABLE INITIALLY DEFERRED,
  "relation_to_head" TEXT,
  "position_in_family" TEXT,
  "lacks_capacity" INTEGER,
  "guardian_name" TEXT,
  "guardian_relation" TEXT,
  "guardian_phone" TEXT,
  "permanent_unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "permanent_address" TEXT,
  "education" TEXT,
  "grade_now" TEXT,
  "school" TEXT,
  "occupation" TEXT,
  "income_month" INTEGER,
  "bhxh" TEXT,
  "bhyt" TEXT,
  "death_date" TEXT,
  "missing_date" TEXT,
  "moved_date" TEXT,
  "merged_into" TEXT REFERENCES "client"(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "client__list" ON "client" ("deleted_at", "sort_key", "id", "search_key");

CREATE INDEX "client__search_key" ON "client" ("birth_year", "search_key");

CREATE INDEX "client__file_no" ON "client" ("file_no") WHERE "file_no" IS NOT NULL;

CREATE INDEX "client__personal_no" ON "client" ("personal_no") WHERE "personal_no" IS NOT NULL;

CREATE INDEX "client__current_unit" ON "client" ("current_unit") WHERE "current_unit" IS NOT NULL;

CREATE INDEX "client__hamlet" ON "client" ("hamlet") WHERE "hamlet" IS NOT NULL;

CREATE INDEX "client__former_unit" ON "client" ("former_unit") WHERE "former_unit" IS NOT NULL;

CREATE INDEX "client__old_id_no" ON "client" ("old_id_no") WHERE "old_id_no" IS NOT NULL;

CREATE INDEX "client__keeper" ON "client" ("keeper") WHERE "keeper" IS NOT NULL;

CREATE INDEX "client__household" ON "client" ("household") WHERE "household" IS NOT NULL;

CREATE INDEX "client__permanent_unit" ON "client" ("permanent_unit") WHERE "permanent_unit" IS NOT NULL;

CREATE INDEX "client__bhxh" ON "client" ("bhxh") WHERE "bhxh" IS NOT NULL;

CREATE INDEX "client__bhyt" ON "client" ("bhyt") WHERE "bhyt" IS NOT NULL;

CREATE INDEX "client__merged_into" ON "client" ("merged_into") WHERE "merged_into" IS NOT NULL;

CREATE TABLE "client_address_history" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "client" TEXT NOT NULL REFERENCES "client"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "address" TEXT,
  "date_from" TEXT,
  "date_to" TEXT,
  CONSTRAINT "V50i" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "client_address_history__client" ON "client_address_history" ("client");

CREATE INDEX "client_address_history__unit" ON "client_address_history" ("unit") WHERE "unit" IS NOT NULL;

CREATE TABLE "client_category" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "client" TEXT NOT NULL REFERENCES "client"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "category" TEXT,
  "sub" TEXT,
  "is_main" INTEGER,
  "date_from" TEXT,
  "date_to" TEXT,
  "evidence" TEXT,
  CONSTRAINT "V50f" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "client_category__client" ON "client_category" ("client");

CREATE TABLE "client_relation" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "client" TEXT NOT NULL REFERENCES "client"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "related_client" TEXT REFERENCES "client"(id) DEFERRABLE INITIALLY DEFERRED,
  "relation" TEXT,
  "note" TEXT
) STRICT;

CREATE INDEX "client_relation__client" ON "client_relation" ("client");

CREATE INDEX "client_relation__related_client" ON "client_relation" ("related_client") WHERE "related_client" IS NOT NULL;

CREATE TABLE "client_viewer" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "client" TEXT NOT NULL REFERENCES "client"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "worker" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED,
  "reason" TEXT
) STRICT;

CREATE INDEX "client_viewer__client" ON "client_viewer" ("client");

CREATE INDEX "client_viewer__worker" ON "client_viewer" ("worker") WHERE "worker" IS NOT NULL;

CREATE TABLE "communication" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "title" TEXT,
  "date_from" TEXT,
  "date_to" TEXT,
  "form" TEXT,
  "topic" TEXT,
  "place" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "turns" INTEGER,
  "products" INTEGER,
  "product_kind" TEXT,
  "airtime_min" INTEGER,
  "cost" INTEGER,
  "source" TEXT,
  CONSTRAINT "V50l" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "communication__list" ON "communication" ("deleted_at", "date_from", "id", "search_key");

CREATE INDEX "communication__place" ON "communication" ("place") WHERE "place" IS NOT NULL;

CREATE INDEX "communication__date_from" ON "communication" ("date_from");

CREATE TABLE "consent" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "client" TEXT NOT NULL REFERENCES "client"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "given_by" TEXT,
  "scope" TEXT,
  "date" TEXT,
  "withdrawn" TEXT,
  "basis" TEXT,
  CONSTRAINT "V50h" CHECK (withdrawn >= date)
) STRICT;

CREATE INDEX "consent__client" ON "consent" ("client");

CREATE TABLE "cooperation" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "partner" TEXT,
  "scope" TEXT,
  "country" TEXT,
  "date_from" TEXT,
  "date_to" TEXT,
  "content" TEXT,
  "value" INTEGER,
  "task_no" TEXT,
  "result" TEXT,
  CONSTRAINT "V50n" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "cooperation__list" ON "cooperation" ("deleted_at", "date_from", "id", "search_key");

CREATE INDEX "cooperation__date_from" ON "cooperation" ("date_from");

CREATE TABLE "disability" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "client" TEXT NOT NULL REFERENCES "client"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "types" TEXT,
  "level" TEXT,
  "cert_no" TEXT,
  "cert_date" TEXT,
  "issuer" TEXT,
  "cause" TEXT
) STRICT;

CREATE INDEX "disability__client" ON "disability" ("client");

CREATE TABLE "document" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "number" TEXT,
  "date" TEXT,
  "issuer" TEXT,
  "kind" TEXT,
  "subject" TEXT,
  "task_no" TEXT
) STRICT;

CREATE INDEX "document__list" ON "document" ("deleted_at", "date", "id", "search_key");

CREATE INDEX "document__date" ON "document" ("date");

CREATE TABLE "expenditure" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "funding" TEXT NOT NULL REFERENCES "funding"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "date" TEXT,
  "amount" INTEGER,
  "content" TEXT,
  "document" TEXT
) STRICT;

CREATE INDEX "expenditure__funding" ON "expenditure" ("funding");

CREATE TABLE "funding" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "year" INTEGER,
  "task_no" TEXT,
  "source" TEXT,
  "content" TEXT,
  "document" TEXT,
  "date" TEXT,
  "planned" INTEGER,
  "allocated" INTEGER,
  "spent" INTEGER
) STRICT;

CREATE INDEX "funding__list" ON "funding" ("deleted_at", "year", "task_no", "id", "search_key");

CREATE INDEX "funding__date" ON "funding" ("date");

CREATE TABLE "group_event" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "topic" TEXT,
  "date" TEXT,
  "commune" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "form" TEXT,
  "turns_total" INTEGER,
  "turns_female" INTEGER,
  "turns_child" INTEGER,
  "cost" INTEGER,
  "source" TEXT,
  "note" TEXT,
  CONSTRAINT "V32a" CHECK (turns_female <= turns_total),
  CONSTRAINT "V32b" CHECK (turns_child <= turns_total)
) STRICT;

CREATE INDEX "group_event__list" ON "group_event" ("deleted_at", "date", "id", "search_key");

CREATE INDEX "group_event__commune" ON "group_event" ("commune") WHERE "commune" IS NOT NULL;

CREATE INDEX "group_event__date" ON "group_event" ("date");

CREATE TABLE "hamlet" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "name" TEXT,
  "commune" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "old_name" TEXT,
  "old_commune" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "valid_from" TEXT,
  "valid_to" TEXT,
  CONSTRAINT "V50o" CHECK (valid_to >= valid_from)
) STRICT;

CREATE INDEX "hamlet__list" ON "hamlet" ("deleted_at", "sort_key", "id", "search_key");

CREATE INDEX "hamlet__commune" ON "hamlet" ("commune") WHERE "commune" IS NOT NULL;

CREATE INDEX "hamlet__old_commune" ON "hamlet" ("old_commune") WHERE "old_commune" IS NOT NULL;

CREATE TABLE "health" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "client" TEXT NOT NULL REFERENCES "client"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "conditions" TEXT,
  "ability_work" TEXT,
  "ability_selfcare" TEXT,
  "treatment" TEXT
) STRICT;

CREATE INDEX "health__client" ON "health" ("client");

CREATE TABLE "holiday" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "date" TEXT,
  "name" TEXT,
  "verified" INTEGER
) STRICT;

CREATE INDEX "holiday__list" ON "holiday" ("deleted_at", "date", "id", "search_key");

CREATE INDEX "holiday__date" ON "holiday" ("date");

CREATE TABLE "household" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "head_name" TEXT,
  "head_birth_year" INTEGER,
  "commune" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "hamlet" TEXT REFERENCES "hamlet"(id) DEFERRABLE INITIALLY DEFERRED,
  "address" TEXT,
  "phone" TEXT,
  "members" INTEGER,
  "dependants" INTEGER,
  "housing" TEXT,
  "income_main" TEXT,
  "note" TEXT,
  CONSTRAINT "V32c" CHECK (dependants <= members)
) STRICT;

CREATE INDEX "household__list" ON "household" ("deleted_at", "sort_key", "id", "search_key");

CREATE INDEX "household__commune" ON "household" ("commune") WHERE "commune" IS NOT NULL;

CREATE INDEX "household__hamlet" ON "household" ("hamlet") WHERE "hamlet" IS NOT NULL;

CREATE TABLE "household_poverty" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "household" TEXT NOT NULL REFERENCES "household"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "year" INTEGER,
  "status" TEXT,
  "region" TEXT,
  "decision_no" TEXT
) STRICT;

CREATE INDEX "household_poverty__household" ON "household_poverty" ("household");

CREATE TABLE "intake" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "received_at" TEXT,
  "channel" TEXT,
  "reporter" TEXT,
  "reporter_name" TEXT,
  "reporter_phone" TEXT,
  "client" TEXT REFERENCES "client"(id) DEFERRABLE INITIALLY DEFERRED,
  "problem" TEXT,
  "text" TEXT,
  "urgency" TEXT,
  "initial_action" TEXT,
  "action_at" TEXT,
  "result" TEXT,
  "received_by" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT "V50j" CHECK (action_at >= received_at)
) STRICT;

CREATE INDEX "intake__list" ON "intake" ("deleted_at", "received_at", "id", "search_key");

CREATE INDEX "intake__client" ON "intake" ("client") WHERE "client" IS NOT NULL;

CREATE INDEX "intake__received_by" ON "intake" ("received_by") WHERE "received_by" IS NOT NULL;

CREATE INDEX "intake__received_at" ON "intake" ("received_at");

CREATE TABLE "legal_ref" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "code" TEXT,
  "title" TEXT,
  "date_from" TEXT,
  "date_to" TEXT,
  "status" TEXT,
  CONSTRAINT "V50p" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "legal_ref__list" ON "legal_ref" ("deleted_at", "sort_key", "id", "search_key");

CREATE TABLE "model_project" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "name" TEXT,
  "kind" TEXT,
  "organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "commune" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "date_from" TEXT,
  "date_to" TEXT,
  "phase" TEXT,
  "status" TEXT,
  "households" INTEGER,
  "persons" INTEGER,
  "cost" INTEGER,
  "source" TEXT,
  "result" TEXT,
  CONSTRAINT "V50e" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "model_project__list" ON "model_project" ("deleted_at", "date_from", "id", "search_key");

CREATE INDEX "model_project__organization" ON "model_project" ("organization") WHERE "organization" IS NOT NULL;

CREATE INDEX "model_project__commune" ON "model_project" ("commune") WHERE "commune" IS NOT NULL;

CREATE INDEX "model_project__date_from" ON "model_project" ("date_from");

CREATE TABLE "narrative" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "period" TEXT,
  "heading" TEXT,
  "text" TEXT
) STRICT;

CREATE INDEX "narrative__list" ON "narrative" ("deleted_at", "period", "heading", "id", "search_key");

CREATE TABLE "office" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "valid_from" TEXT,
  "unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "body_name" TEXT,
  "superior_body" TEXT,
  "receiving_department" TEXT,
  "place_name" TEXT,
  "calendar" TEXT,
  "document_number" TEXT,
  "document_symbol" TEXT,
  "preparer" TEXT,
  "checker" TEXT,
  "authority" TEXT,
  "authority_for" TEXT,
  "signer_position" TEXT,
  "signer" TEXT,
  "recipients" TEXT
) STRICT;

CREATE INDEX "office__list" ON "office" ("deleted_at", "valid_from", "id", "search_key");

CREATE INDEX "office__unit" ON "office" ("unit") WHERE "unit" IS NOT NULL;

CREATE INDEX "office__valid_from" ON "office" ("valid_from");

CREATE TABLE "organization" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "name" TEXT,
  "short_name" TEXT,
  "code" TEXT,
  "kind" TEXT,
  "sub_kind" TEXT,
  "ownership" TEXT,
  "level" TEXT,
  "unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "address" TEXT,
  "phone" TEXT,
  "head" TEXT,
  "founded" TEXT,
  "active_from" TEXT,
  "active_to" TEXT,
  "in_scope" INTEGER,
  "in_plan" INTEGER,
  "provides_service" INTEGER,
  "service_since" TEXT,
  "services" TEXT,
  "capacity" INTEGER,
  "residents" INTEGER,
  "registered" INTEGER,
  "licence_no" TEXT,
  CONSTRAINT "V50c" CHECK (active_to >= active_from)
) STRICT;

CREATE INDEX "organization__list" ON "organization" ("deleted_at", "sort_key", "id", "search_key");

CREATE INDEX "organization__unit" ON "organization" ("unit") WHERE "unit" IS NOT NULL;

CREATE INDEX "organization__active_from" ON "organization" ("active_from");

CREATE TABLE "plan" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "case_record" TEXT REFERENCES "case_record"(id) DEFERRABLE INITIALLY DEFERRED,
  "version" INTEGER,
  "date" TEXT,
  "goals" TEXT,
  "approved_by" TEXT,
  "approved_on" TEXT
) STRICT;

CREATE INDEX "plan__list" ON "plan" ("deleted_at", "date", "id", "search_key");

CREATE INDEX "plan__case_record" ON "plan" ("case_record") WHERE "case_record" IS NOT NULL;

CREATE INDEX "plan__date" ON "plan" ("date");

CREATE TABLE "plan_item" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "plan" TEXT NOT NULL REFERENCES "plan"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "domain" TEXT,
  "need" TEXT,
  "objective" TEXT,
  "service" TEXT,
  "provider" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "responsible" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED,
  "due" TEXT,
  "resource" TEXT,
  "status" TEXT
) STRICT;

CREATE INDEX "plan_item__plan" ON "plan_item" ("plan");

CREATE INDEX "plan_item__provider" ON "plan_item" ("provider") WHERE "provider" IS NOT NULL;

CREATE INDEX "plan_item__responsible" ON "plan_item" ("responsible") WHERE "responsible" IS NOT NULL;

CREATE TABLE "referral" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "client" TEXT REFERENCES "client"(id) DEFERRABLE INITIALLY DEFERRED,
  "case_record" TEXT REFERENCES "case_record"(id) DEFERRABLE INITIALLY DEFERRED,
  "direction" TEXT,
  "date" TEXT,
  "to_organization" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "to_name" TEXT,
  "service" TEXT,
  "reason" TEXT,
  "legal_basis" TEXT,
  "accepted" TEXT,
  "feedback_date" TEXT,
  "result" TEXT,
  CONSTRAINT "V50k" CHECK (feedback_date >= date)
) STRICT;

CREATE INDEX "referral__list" ON "referral" ("deleted_at", "date", "id", "search_key");

CREATE INDEX "referral__client" ON "referral" ("client") WHERE "client" IS NOT NULL;

CREATE INDEX "referral__case_record" ON "referral" ("case_record") WHERE "case_record" IS NOT NULL;

CREATE INDEX "referral__to_organization" ON "referral" ("to_organization") WHERE "to_organization" IS NOT NULL;

CREATE INDEX "referral__date" ON "referral" ("date");

CREATE TABLE "report_period" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "code" TEXT,
  "kind" TEXT,
  "year" INTEGER,
  "date_from" TEXT,
  "date_to" TEXT,
  "calendar" TEXT,
  "due_commune" TEXT,
  "due_district" TEXT,
  "due_province" TEXT,
  "status" TEXT,
  CONSTRAINT "V50q" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "report_period__list" ON "report_period" ("deleted_at", "date_to", "id", "search_key");

CREATE INDEX "report_period__date_to" ON "report_period" ("date_to");

CREATE TABLE "report_submission" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "period" TEXT,
  "unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "version" INTEGER,
  "form_set" TEXT,
  "sent_at" TEXT,
  "method" TEXT,
  "hash" TEXT,
  "received_at" TEXT,
  "note" TEXT,
  CONSTRAINT "V50r" CHECK (received_at >= sent_at)
) STRICT;

CREATE INDEX "report_submission__list" ON "report_submission" ("deleted_at", "sent_at", "id", "search_key");

CREATE INDEX "report_submission__unit" ON "report_submission" ("unit") WHERE "unit" IS NOT NULL;

CREATE INDEX "report_submission__sent_at" ON "report_submission" ("sent_at");

CREATE TABLE "review" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "case_record" TEXT REFERENCES "case_record"(id) DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT,
  "kind" TEXT,
  "findings" TEXT,
  "satisfied" TEXT,
  "plan_change" INTEGER,
  "next_date" TEXT
) STRICT;

CREATE INDEX "review__list" ON "review" ("deleted_at", "date", "id", "search_key");

CREATE INDEX "review__case_record" ON "review" ("case_record") WHERE "case_record" IS NOT NULL;

CREATE INDEX "review__date" ON "review" ("date");

CREATE TABLE "service_event" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "client" TEXT REFERENCES "client"(id) DEFERRABLE INITIALLY DEFERRED,
  "date" TEXT,
  "service" TEXT,
  "fund_source" TEXT,
  "provider_worker" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED,
  "provider_org" TEXT REFERENCES "organization"(id) DEFERRABLE INITIALLY DEFERRED,
  "case_record" TEXT REFERENCES "case_record"(id) DEFERRABLE INITIALLY DEFERRED,
  "plan" TEXT REFERENCES "plan"(id) DEFERRABLE INITIALLY DEFERRED,
  "domain" TEXT,
  "group_event" TEXT REFERENCES "group_event"(id) DEFERRABLE INITIALLY DEFERRED,
  "place" TEXT,
  "detail" TEXT,
  "duration_min" INTEGER,
  "quantity" REAL,
  "quantity_unit" TEXT,
  "value" INTEGER,
  "programme" TEXT,
  "satisfied" TEXT
) STRICT;

CREATE INDEX "service_event__list" ON "service_event" ("deleted_at", "date", "id", "search_key");

CREATE INDEX "service_event__client" ON "service_event" ("client") WHERE "client" IS NOT NULL;

CREATE INDEX "service_event__provider_worker" ON "service_event" ("provider_worker") WHERE "provider_worker" IS NOT NULL;

CREATE INDEX "service_event__provider_org" ON "service_event" ("provider_org") WHERE "provider_org" IS NOT NULL;

CREATE INDEX "service_event__case_record" ON "service_event" ("case_record") WHERE "case_record" IS NOT NULL;

CREATE INDEX "service_event__plan" ON "service_event" ("plan") WHERE "plan" IS NOT NULL;

CREATE INDEX "service_event__group_event" ON "service_event" ("group_event") WHERE "group_event" IS NOT NULL;

CREATE INDEX "service_event__date" ON "service_event" ("date");

CREATE TABLE "survey_inspection" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "title" TEXT,
  "kind" TEXT,
  "date_from" TEXT,
  "date_to" TEXT,
  "leader" TEXT,
  "scope" TEXT,
  "unit_count" INTEGER,
  "person_count" INTEGER,
  "result" TEXT,
  "ethics_breaches" INTEGER,
  "task_no" TEXT,
  "cost" INTEGER,
  "source" TEXT,
  CONSTRAINT "V50m" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "survey_inspection__list" ON "survey_inspection" ("deleted_at", "date_from", "id", "search_key");

CREATE INDEX "survey_inspection__date_from" ON "survey_inspection" ("date_from");

CREATE TABLE "target" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "indicator" TEXT,
  "scope_unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "phase" TEXT,
  "year" INTEGER,
  "value" REAL,
  "measure_unit" TEXT,
  "document" TEXT,
  "date" TEXT
) STRICT;

CREATE INDEX "target__list" ON "target" ("deleted_at", "indicator", "year", "id", "search_key");

CREATE INDEX "target__scope_unit" ON "target" ("scope_unit") WHERE "scope_unit" IS NOT NULL;

CREATE INDEX "target__date" ON "target" ("date");

CREATE TABLE "task_progress" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "task_no" TEXT,
  "work" TEXT,
  "date" TEXT,
  "planned" TEXT,
  "done" TEXT,
  "status" TEXT,
  "note" TEXT
) STRICT;

CREATE INDEX "task_progress__list" ON "task_progress" ("deleted_at", "task_no", "date", "id", "search_key");

CREATE INDEX "task_progress__date" ON "task_progress" ("date");

CREATE TABLE "training" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "name" TEXT,
  "kind" TEXT,
  "level" TEXT,
  "organiser" TEXT,
  "place" TEXT,
  "date_from" TEXT,
  "date_to" TEXT,
  "days" INTEGER,
  "content" TEXT,
  "cost" INTEGER,
  "source" TEXT,
  CONSTRAINT "V31a" CHECK (date_to >= date_from)
) STRICT;

CREATE INDEX "training__list" ON "training" ("deleted_at", "date_from", "id", "search_key");

CREATE INDEX "training__date_to" ON "training" ("date_to");

CREATE TABLE "training_participant" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "training" TEXT NOT NULL REFERENCES "training"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "worker" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED,
  "completed" INTEGER,
  "certificate_no" TEXT,
  "result" TEXT
) STRICT;

CREATE INDEX "training_participant__training" ON "training_participant" ("training");

CREATE INDEX "training_participant__worker" ON "training_participant" ("worker") WHERE "worker" IS NOT NULL;

CREATE TABLE "upgrade_project" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "organization" TEXT NOT NULL REFERENCES "organization"(id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  "position" INTEGER NOT NULL,
  "content" TEXT,
  "start" TEXT,
  "finish" TEXT,
  "cost" INTEGER,
  "source" TEXT,
  "meets_standard" INTEGER,
  CONSTRAINT "V50d" CHECK (finish >= start)
) STRICT;

CREATE INDEX "upgrade_project__organization" ON "upgrade_project" ("organization");

CREATE TABLE "worker" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "unit_id" TEXT,
  "created_at" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "updated_by" TEXT NOT NULL,
  "row_version" INTEGER NOT NULL,
  "deleted_at" TEXT,
  "origin" TEXT,
  "search_key" TEXT NOT NULL,
  "sort_key" TEXT NOT NULL,
  "full_name" TEXT,
  "sex" TEXT,
  "birth_year" INTEGER,
  "birth_month" INTEGER,
  "birth_day" INTEGER,
  "personal_no" TEXT,
  "old_id_no" TEXT,
  "ethnic" TEXT,
  "phone" TEXT,
  "email" TEXT,
  "address_unit" TEXT REFERENCES "admin_unit"(id) DEFERRABLE INITIALLY DEFERRED,
  "address" TEXT,
  "party_union" TEXT,
  "ho" TEXT,
  "dem" TEXT,
  "ten" TEXT,
  "education" TEXT,
  "study_field" TEXT,
  "degree_year" INTEGER,
  "sw_cert" INTEGER,
  "sw_cert_no" TEXT,
  "sw_cert_date" TEXT,
  "practice_cert" TEXT,
  "practice_cert_date" TEXT,
  "clean_record" TEXT,
  "qualified" INTEGER,
  "qualified_manual" INTEGER,
  "qualified_reason" TEXT,
  "discipline" TEXT,
  "note" TEXT,
  "merged_into" TEXT REFERENCES "worker"(id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX "worker__list" ON "worker" ("deleted_at", "sort_key", "id", "search_key");

CREATE INDEX "worker__search_key" ON "worker" ("birth_year", "search_key");

CREATE INDEX "worker__personal_no" ON "worker" ("personal_no") WHERE "personal_no" IS NOT NULL;

CREATE INDEX "worker__old_id_no" ON "worker" ("old_id_no") WHERE "old_id_no" IS NOT NULL;

CREATE INDEX "worker__address_unit" ON "worker" ("address_unit") WHERE "address_unit" IS NOT NULL;

CREATE INDEX "worker__merged_into" ON "worker" ("merged_into") WHERE "merged_into" IS NOT NULL;
