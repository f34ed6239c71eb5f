/*
 * The registry: every file data/measures/<name>.sql is a measure. Its head is a list of
 * comment lines "-- key: value"; what follows is the statement.
 */
#include "measure/measure_internal.h"

extern const struct pal_asset_table pal_measure_assets;

static bool key_value(struct pal_view line, const char *key, struct pal_view *value)
{
    struct pal_view name = pal_view_of(key);
    if (!pal_view_has_prefix(line, PAL_VIEW("-- "))) {
        return false;
    }
    line.data += 3;
    line.size -= 3;
    if (!pal_view_has_prefix(line, name) || line.size <= name.size ||
        line.data[name.size] != ':') {
        return false;
    }
    line.data += name.size + 1;
    line.size -= name.size + 1;
    *value = pal_view_trim(line);
    return true;
}

static struct pal_view head_value(struct pal_view text, const char *key)
{
    struct pal_view rest = text;
    struct pal_view line;
    struct pal_view value = {"", 0};
    while (pal_view_split(&rest, '\n', &line) &&
           pal_view_has_prefix(line, PAL_VIEW("--"))) {
        if (key_value(line, key, &value)) {
            return value;
        }
    }
    return (struct pal_view){"", 0};
}

static struct pal_view behind_head(struct pal_view text)
{
    struct pal_view rest = text;
    struct pal_view line;
    struct pal_view before = text;
    while (pal_view_split(&rest, '\n', &line)) {
        if (!pal_view_has_prefix(line, PAL_VIEW("--"))) {
            return before;
        }
        before = rest;
    }
    return (struct pal_view){"", 0};
}

static enum pal_measure_kind kind_of(struct pal_view text)
{
    static const struct {
        const char *name;
        enum pal_measure_kind kind;
    } kinds[] = {{"count", PAL_MEASURE_COUNT},   {"rate", PAL_MEASURE_RATE},
                 {"share", PAL_MEASURE_SHARE},   {"mean", PAL_MEASURE_MEAN},
                 {"median", PAL_MEASURE_MEDIAN}, {"stated", PAL_MEASURE_STATED},
                 {"stock", PAL_MEASURE_STOCK}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (pal_view_is_equal(text, pal_view_of(kinds[i].name))) {
            return kinds[i].kind;
        }
    }
    pal_bug(__FILE__, __LINE__, "a measure's kind is unknown");
}

static bool is_measure(const struct pal_asset *asset)
{
    struct pal_view text = {(const char *)asset->data, asset->size};
    return head_value(text, "title").size > 0;
}

static void read_measure(const struct pal_asset *asset, struct pal_measure *out)
{
    struct pal_view text = {(const char *)asset->data, asset->size};
    out->name = pal_view_of(asset->name);
    out->name.size -= sizeof ".sql" - 1;
    out->title = head_value(text, "title");
    out->unit = head_value(text, "unit");
    out->table = head_value(text, "table");
    out->coverage = head_value(text, "coverage");
    if (out->coverage.size == 0) {
        out->coverage = out->table;
    }
    out->kind = kind_of(head_value(text, "kind"));
    out->numerator = head_value(text, "numerator");
    out->denominator = head_value(text, "denominator");
    out->interval = head_value(text, "interval");
    out->caveats = head_value(text, "caveats");
    out->source = head_value(text, "source");
    out->field = head_value(text, "field");
    out->alike = head_value(text, "alike");
    out->statement = pal_view_trim(behind_head(text));
}

size_t pal_measure_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < pal_measure_assets.count; i++) {
        count += is_measure(&pal_measure_assets.entries[i]) ? 1 : 0;
    }
    return count;
}

bool pal_measure_at(size_t index, struct pal_measure *out)
{
    for (size_t i = 0; i < pal_measure_assets.count; i++) {
        if (!is_measure(&pal_measure_assets.entries[i])) {
            continue;
        }
        if (index-- == 0) {
            read_measure(&pal_measure_assets.entries[i], out);
            return true;
        }
    }
    return false;
}

bool pal_measure_find(struct pal_view name, struct pal_measure *out)
{
    for (size_t i = 0; pal_measure_at(i, out); i++) {
        if (pal_view_is_equal(out->name, name)) {
            return true;
        }
    }
    return false;
}

struct pal_view pal_measure_frame(const char *name)
{
    struct pal_view text = pal_asset_find(&pal_measure_assets, name);
    PAL_BUG_IF(text.data == NULL);
    return text;
}
