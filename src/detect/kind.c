/*
 * What a surge was, by rules on the data's composition that doc/method-surge.md states. The
 * first that applies decides: an artefact of recording, duplicates, then the kind that at
 * least half of the excess has by its methods (data/surge_kinds.csv).
 */
#include <math.h>
#include <string.h>

#include "detect/study_internal.h"

enum {
    QUIET_DAYS_MIN = 3,   /* days almost without records that make a gap */
    LOOK_BACK_DAYS = 28,  /* before a surge, for a gap */
    SWITCH_DAYS = 7,      /* after a release takes over from another */
    EDGE_BEFORE_DAYS = 1, /* 30 September .. */
    EDGE_AFTER_DAYS = 2   /* .. 2 October */
};

static const double quiet_share = 0.2; /* of the usual, at most, in a gap */
static const double caught_up = 0.5;   /* of the excess, that was missing before */
static const double edge_share = 0.8;  /* of the excess, on the days at the edge */
static const double half = 0.5;

/* ---- the table ---- */

/* The kind of a value of a dimension; PAL_SURGE_UNCLEAR when the table has none. */
static enum pal_surge_kind kind_of(struct pal_view table, struct pal_view dimension,
                                   struct pal_view value)
{
    struct pal_view rest = pal_asset_find(&pal_detect_assets, "surge_kinds.csv");
    struct pal_view line;
    PAL_BUG_IF(rest.data == NULL);
    while (pal_view_split(&rest, '\n', &line)) {
        struct pal_view cell[4] = {{"", 0}};
        bool is_whole = true;
        for (int i = 0; is_whole && i < 4; i++) {
            is_whole = pal_view_split(&line, '|', &cell[i]);
        }
        if (!is_whole || !pal_view_is_equal(cell[0], table) ||
            !pal_view_is_equal(cell[1], dimension) ||
            !pal_view_is_equal(cell[2], value)) {
            continue;
        }
        for (int kind = 0; kind < PAL_SURGE_KIND_COUNT; kind++) {
            if (pal_view_is_equal(cell[3], pal_view_of(pal_surge_kind_text(
                                               (enum pal_surge_kind)kind)))) {
                return (enum pal_surge_kind)kind;
            }
        }
    }
    return PAL_SURGE_UNCLEAR;
}

/* ---- days ---- */

static void find_peak(const struct pal_surge_study *study,
                      struct pal_surge_event *event)
{
    size_t first = (size_t)(event->surge.first - study->input.first);
    size_t last = (size_t)(event->surge.last - study->input.first);
    double excess = event->surge.observed - event->surge.expected;
    double best = -1;
    for (size_t day = first; day <= last; day++) {
        struct pal_window window = pal_surge_event_window(study, event, day, day);
        if (window.observed - window.expected > best) {
            best = window.observed - window.expected;
            event->peak = study->input.first + (int32_t)day;
        }
    }
    event->peak_share = excess > 0 ? fmin(best / excess, 1) : 0;
}

/* Days right before the surge on which next to nothing was recorded, and how much was missing
 * then. Weekends and holidays, on which little is usual, neither make nor end a gap. */
static bool follows_gap(const struct pal_surge_study *study,
                        const struct pal_surge_event *event, int32_t *days)
{
    size_t first = (size_t)(event->surge.first - study->input.first);
    size_t from = first;
    double excess = event->surge.observed - event->surge.expected;
    while (from > 0 && first - from < LOOK_BACK_DAYS) {
        struct pal_window day =
            pal_surge_event_window(study, event, from - 1, from - 1);
        if (day.covered == 0 || day.observed > quiet_share * day.expected + half) {
            break;
        }
        from--;
    }
    *days = (int32_t)(first - from);
    if (*days < QUIET_DAYS_MIN) {
        return false;
    }
    struct pal_window gap = pal_surge_event_window(study, event, from, first - 1);
    return gap.expected - gap.observed >= caught_up * excess;
}

/* The surge starts on, or right after, a day that no release covers or another one does; the
 * days before the first of the study are such days. */
static bool follows_switch(const struct pal_surge_study *study,
                           const struct pal_surge_event *event, bool *is_uncovered)
{
    const struct pal_surge_input *input = &study->input;
    size_t last = (size_t)(event->surge.last - input->first);
    size_t first = (size_t)(event->surge.first - input->first);
    size_t count = event->surge.area_count;
    size_t group = event->surge.group == PAL_SURGE_ALL ? 0 : event->surge.group;
    const int16_t *source =
        count == 0 ? input->source_all + group * input->day_count
                   : input->source +
                         (event->surge.parts[0].area * input->group_count + group) *
                             input->day_count;
    *is_uncovered = false;
    for (size_t i = first > SWITCH_DAYS ? first - SWITCH_DAYS : 0; i <= last; i++) {
        int before = i > 0 ? source[i - 1] : -1;
        if (source[i] >= 0 && source[i] != before) {
            *is_uncovered = before < 0;
            return true;
        }
    }
    return false;
}

static bool is_at_edge(const struct pal_surge_study *study,
                       const struct pal_surge_event *event)
{
    const struct pal_surge *surge = &event->surge;
    struct pal_civil date = pal_civil_of(surge->last);
    int32_t edge = pal_day_of((struct pal_civil){date.year, 10, 1});
    int32_t from = edge - EDGE_BEFORE_DAYS;
    int32_t to = edge + EDGE_AFTER_DAYS - 1;
    from = from < surge->first ? surge->first : from;
    to = to > surge->last ? surge->last : to;
    if (from > to || surge->last < edge - EDGE_BEFORE_DAYS) {
        return false;
    }
    struct pal_window window =
        pal_surge_event_window(study, event, (size_t)(from - study->input.first),
                               (size_t)(to - study->input.first));
    return window.observed - window.expected >=
           edge_share * (surge->observed - surge->expected);
}

static pal_status judge_recording(struct pal_surge_study *study,
                                  struct pal_surge_event *event, bool *is_artefact,
                                  struct pal_error *err)
{
    int32_t days = 0;
    bool is_uncovered = false;
    *is_artefact = true;
    if (follows_switch(study, event, &is_uncovered)) {
        return pal_arena_format(&study->arena, &event->reason, err,
                                "within a week before it, or within it, %s",
                                is_uncovered ? "the days begin that a release covers"
                                             : "one release takes over from another");
    }
    if (follows_gap(study, event, &days)) {
        return pal_arena_format(
            &study->arena, &event->reason, err,
            "it follows %d days almost without records, and makes up for at least half "
            "of what was missing then",
            days);
    }
    if (is_at_edge(study, event)) {
        event->reason =
            PAL_VIEW("at least four fifths of the excess are dated on the edge of a "
                     "fiscal year, 30 September to 2 October");
        return PAL_OK;
    }
    *is_artefact = false;
    return PAL_OK;
}

/* ---- methods ---- */

struct composition {
    double by_kind[PAL_SURGE_KIND_COUNT]; /* excess */
    double total;
    size_t best; /* the method with the largest excess */
    double best_excess;
    double best_count;
};

/* The group of each method, by the rows that have both. */
static struct pal_view group_of(const struct pal_surge_rows *rows, uint32_t method)
{
    for (size_t i = 0; i < rows->days->count; i++) {
        if (rows->days->rows[i].keys[rows->keys.detail] == method) {
            return rows->days
                ->labels[rows->keys.split][rows->days->rows[i].keys[rows->keys.split]];
        }
    }
    return PAL_VIEW("");
}

static enum pal_surge_kind kind_of_method(const struct pal_surge_study *study,
                                          const struct pal_surge_rows *rows,
                                          uint32_t method)
{
    struct pal_view table = study->request.measure.table;
    enum pal_surge_kind kind = kind_of(table, PAL_VIEW("method"),
                                       rows->days->labels[rows->keys.detail][method]);
    if (kind == PAL_SURGE_UNCLEAR && rows->keys.split != PAL_NO_KEY) {
        kind = kind_of(table, study->request.split, group_of(rows, method));
    }
    return kind;
}

/* A method's excess: its records less its usual share of what was expected. */
static void compose(const struct pal_surge_study *study,
                    const struct pal_surge_event *event,
                    const struct pal_surge_rows *rows,
                    const struct pal_surge_detail *details, struct composition *out)
{
    size_t count = rows->days->label_count[rows->keys.detail];
    double outside = 0;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < count; i++) {
        outside += details[i].outside;
    }
    for (size_t i = 0; i < count; i++) {
        double share = outside > 0 ? details[i].outside / outside : 0;
        double excess = details[i].inside - share * event->surge.expected;
        if (details[i].inside <= 0) {
            continue;
        }
        if (excess > 0) {
            out->by_kind[kind_of_method(study, rows, (uint32_t)i)] += excess;
            out->total += excess;
        }
        if (excess > out->best_excess) {
            out->best = i;
            out->best_excess = excess;
            out->best_count = details[i].inside;
        }
    }
}

static pal_status judge_methods(struct pal_surge_study *study,
                                struct pal_surge_event *event,
                                const struct composition *made, struct pal_error *err)
{
    static const char *const reasons[PAL_SURGE_KIND_COUNT] = {
        [PAL_SURGE_STREET] = "are arrests at large",
        [PAL_SURGE_WORKSITE] = "are recorded as worksite enforcement",
        [PAL_SURGE_RELEASE] = "are people taken over from prisons and jails",
        [PAL_SURGE_REPROCESSING] =
            "are administrative re-arrests of people already counted",
        [PAL_SURGE_ARTEFACT] = "",
        [PAL_SURGE_UNCLEAR] = "have methods that tell no kind",
    };
    for (int kind = 0; kind < PAL_SURGE_KIND_COUNT; kind++) {
        if (made->total > 0 && made->by_kind[kind] >= half * made->total) {
            event->kind = (enum pal_surge_kind)kind;
            return pal_arena_format(
                &study->arena, &event->reason, err, "%.0f%% of the excess %s",
                100 * made->by_kind[kind] / made->total, reasons[kind]);
        }
    }
    event->kind = PAL_SURGE_UNCLEAR;
    event->reason = PAL_VIEW("no kind of method has half of the excess");
    return PAL_OK;
}

pal_status pal_surge_judge(struct pal_surge_study *study, struct pal_surge_event *event,
                           const struct pal_surge_rows *rows, struct pal_error *err)
{
    struct composition made;
    struct pal_surge_detail *details = NULL;
    void *room = NULL;
    bool is_artefact = false;
    pal_status st = PAL_OK;
    double excess = event->surge.observed - event->surge.expected;
    find_peak(study, event);
    event->kind = PAL_SURGE_UNCLEAR;
    event->method = PAL_VIEW("");
    event->reason = PAL_VIEW("no method is recorded");
    if (rows->keys.detail != PAL_NO_KEY) {
        st = pal_arena_alloc(&study->arena,
                             rows->days->label_count[rows->keys.detail] + 1,
                             sizeof *details, &room, err);
        details = room;
        if (st == PAL_OK) {
            pal_surge_details(study, event, rows, details);
            compose(study, event, rows, details, &made);
            st = judge_methods(study, event, &made, err);
        }
        if (st == PAL_OK && made.best_count >= PAL_SURGE_CELL_MIN) {
            event->method_share = excess > 0 ? fmin(made.best_excess / excess, 1) : 0;
            st = pal_arena_copy(&study->arena,
                                rows->days->labels[rows->keys.detail][made.best],
                                &event->method, err);
        }
    }
    struct pal_view reason = event->reason;
    if (st == PAL_OK) {
        st = judge_recording(study, event, &is_artefact, err);
    }
    if (st == PAL_OK && is_artefact) {
        event->kind = PAL_SURGE_ARTEFACT;
    } else {
        event->reason = reason;
    }
    return st;
}
