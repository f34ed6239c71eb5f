/*
 * Surges of a study: series by measures, surges with their kind and what drove them, words.
 */
#ifndef PAL_DETECT_STUDY_H
#define PAL_DETECT_STUDY_H

#include "base/base.h"
#include "detect/surge.h"
#include "detect/turns.h"
#include "measure/measure.h"
#include "store/store.h"

enum { PAL_SURGE_CELL_MIN = 11, PAL_SURGE_DRIVER_MAX = 8, PAL_SURGE_METHOD_MAX = 4096 };

/* name, text, what decides it */
#define PAL_SURGE_KIND_LIST(X)                                                         \
    X(PAL_SURGE_STREET, "street operation")                                            \
    X(PAL_SURGE_WORKSITE, "worksite")                                                  \
    X(PAL_SURGE_RELEASE, "release from prison or jail")                                \
    X(PAL_SURGE_REPROCESSING, "reprocessing or duplicates")                            \
    X(PAL_SURGE_ARTEFACT, "recording artefact")                                        \
    X(PAL_SURGE_UNCLEAR, "other or unclear")
#define PAL_SURGE_KIND_ENUM(name, text) name,
enum pal_surge_kind { PAL_SURGE_KIND_LIST(PAL_SURGE_KIND_ENUM) PAL_SURGE_KIND_COUNT };
#undef PAL_SURGE_KIND_ENUM
const char *pal_surge_kind_text(enum pal_surge_kind kind);
/* By its text; PAL_USAGE names the nearest, or all. */
pal_status pal_surge_kind_find(struct pal_view text, enum pal_surge_kind *out,
                               struct pal_error *err) PAL_MUST_USE;

struct pal_surge_request {
    struct pal_measure measure; /* a count */
    struct pal_view by;         /* a text or area dimension: "area" */
    struct pal_view split;      /* another, or "" */
    struct pal_view rule;       /* of duplicates, as in measure; "": ours */
    int32_t first;              /* PAL_DAY_NONE: no bound */
    int32_t last;
    struct pal_surge_setting setting;
};

/* A value whose share of the surge is larger than its share of the usual. */
struct pal_surge_driver {
    struct pal_view dimension; /* "citizenship" */
    struct pal_view value;
    double count; /* PAL_SURGE_CELL_MIN or more */
    double share; /* of the surge's records */
    double usual; /* of the series' other days */
};

struct pal_surge_event {
    struct pal_surge surge;
    struct pal_view id; /* "20180212-5f3a9c": the same for the same study and request */
    struct pal_view areas;  /* "Boston;Newark", "not stated", "all areas" */
    struct pal_view group;  /* "at-large"; "all" */
    struct pal_view method; /* that most of the excess has; "" not recorded */
    double method_share;    /* of the excess that it has, at most 1 */
    enum pal_surge_kind kind;
    struct pal_view reason; /* in a plain clause, why this kind */
    int32_t peak;           /* the day with the most excess */
    double peak_share;      /* of the excess that it has */
    double
        duplicate_share; /* of the window's records, set aside as likely duplicates */
    size_t driver_count;
    struct pal_surge_driver drivers[PAL_SURGE_DRIVER_MAX];
};

struct pal_surge_study {
    struct pal_surge_request request;
    struct pal_surge_input input; /* the series themselves */
    struct pal_view *areas;       /* input.area_count; "not stated" among them */
    struct pal_view *groups;      /* input.group_count */
    struct pal_detection *detection;
    size_t event_count;
    struct pal_surge_event *events; /* as detection's surges */
    struct pal_arena arena;
};

/* Reads all series with one grouped query, detects, and says of each surge what it was. A
 * study that has no day of the measure gives no series and no surge, which is PAL_OK; an
 * unknown dimension or a measure that is no count is PAL_USAGE. */
pal_status pal_surge_study_run(struct pal_store *store,
                               const struct pal_surge_request *request,
                               struct pal_surge_study **out,
                               struct pal_error *err) PAL_MUST_USE;
/* The study's series searched again, each area by itself: what its request gives with
 * is_each_alone. `study` must outlive it. */
pal_status pal_surge_study_alone(struct pal_store *store,
                                 const struct pal_surge_study *study,
                                 struct pal_surge_study **out,
                                 struct pal_error *err) PAL_MUST_USE;
void pal_surge_study_free(struct pal_surge_study *study);
/* arrests by area and method group, all days. */
pal_status pal_surge_request_default(struct pal_surge_request *out,
                                     struct pal_error *err) PAL_MUST_USE;
/* The same of another count: split by method group where the measure has it, else by nothing. */
pal_status pal_surge_request_of(const struct pal_measure *measure,
                                struct pal_surge_request *out,
                                struct pal_error *err) PAL_MUST_USE;
/* Attributes that drove some of the study's events: a query each, so not for all of them
 * unless asked. Sets their drivers. */
pal_status pal_surge_drivers_load(struct pal_store *store,
                                  struct pal_surge_study *study,
                                  const struct pal_surge_event *const *events,
                                  size_t count, struct pal_error *err) PAL_MUST_USE;
/* NULL when there is no such event. */
const struct pal_surge_event *pal_surge_find(const struct pal_surge_study *study,
                                             struct pal_view id);

/* Areas as people write them: "announced" (those of the study's places), "all", or names of
 * areas or places with commas between, two at least. PAL_USAGE says what is unknown, with the
 * nearest. The names are the arena's. */
struct pal_turns_areas {
    size_t count; /* 0: all */
    struct pal_view *names;
    bool is_announced;
};
pal_status pal_turns_areas(struct pal_store *store,
                           const struct pal_surge_request *request,
                           struct pal_view words, struct pal_arena *arena,
                           struct pal_turns_areas *out,
                           struct pal_error *err) PAL_MUST_USE;

/* Whether surges of a kind in these areas (NULL: all that have a name) take turns between two
 * days (PAL_DAY_NONE: no bound). */
struct pal_turns_question {
    enum pal_surge_kind kind;
    const struct pal_view *areas;
    size_t area_count;
    int32_t first;
    int32_t last;
    uint64_t seed;
};
pal_status pal_surge_study_turns(const struct pal_surge_study *study,
                                 const struct pal_turns_question *question,
                                 struct pal_turns *out,
                                 struct pal_error *err) PAL_MUST_USE;

/* ---- words and tables ---- */

/* One sentence; a row with its header; an object. Numbers are empty where nothing was tested. */
void pal_turns_sentence(const struct pal_turns *turns, struct pal_buffer *out);
void pal_turns_csv(const struct pal_turns *turns, struct pal_buffer *out);
void pal_turns_json(const struct pal_turns *turns, struct pal_json *out);
/* The commands whose csv adds up to observed; `name` is the study's file. */
void pal_surge_commands(const struct pal_surge_study *study,
                        const struct pal_surge_event *event, const char *name,
                        struct pal_buffer *out);
/* All of one surge, for reading. */
void pal_surge_explain(const struct pal_surge_study *study,
                       const struct pal_surge_event *event, const char *name,
                       struct pal_buffer *out);
/* All parts of a surge together on days first..last (0-based of the study's days). */
struct pal_window pal_surge_event_window(const struct pal_surge_study *study,
                                         const struct pal_surge_event *event,
                                         size_t first, size_t last);
/* What was searched and at what rate, in a sentence or two. */
void pal_surge_searched(const struct pal_surge_study *study, struct pal_buffer *out);
void pal_surge_csv(const struct pal_surge_study *study, struct pal_buffer *out);
void pal_surge_json(const struct pal_surge_study *study, struct pal_json *out);
/* Lasting changes: area, method_group, day, before, after (a week), ratio. */
void pal_surge_changes_csv(const struct pal_surge_study *study, struct pal_buffer *out);

#endif
