/*
 * law -- dated decision tables: which document obliges whom to do what, where and when.
 *
 * Takes    a place, a day, actors, documents and facts; or counts of requests by day
 * Gives    for each question one of five outcomes with the rules it rests on and their
 *          citations; counts of requests by what the rules of their day said
 * Owns     an open table and what it lends, until pal_law_close
 * Never    advises; guesses where the table says disputed or unknown, or says nothing; infers
 *          a document from how an arrest was made
 * Threads  immutable after open
 * Limits   PAL_LAW_RULE_MAX, PAL_LAW_DOCUMENT_MAX, PAL_LAW_CHAIN_MAX, PAL_LAW_ARENA_MAX
 */
#ifndef PAL_LAW_LAW_H
#define PAL_LAW_LAW_H

#include "base/base.h"

enum {
    PAL_LAW_RULE_MAX = 4096,
    PAL_LAW_PLACE_MAX = 256,
    PAL_LAW_DOCUMENT_MAX = 32,
    PAL_LAW_CHAIN_MAX = 8, /* a place and those it lies in */
    PAL_LAW_ARENA_MAX = 16 * 1024 * 1024
};

enum pal_law_outcome {
    PAL_LAW_MAY_HOLD, /* "may hold": left to the actor; for other questions, may */
    PAL_LAW_MUST_NOT,
    PAL_LAW_MUST,
    PAL_LAW_DISPUTED, /* two rules, or two readings, that cannot both hold */
    PAL_LAW_UNKNOWN   /* no rule on file for that day */
};
const char *pal_law_outcome_text(enum pal_law_outcome outcome);

enum pal_law_actor { /* bits, so that a rule may be about several */
                     PAL_LAW_POLICE = 1,
                     PAL_LAW_JAIL = 2,
                     PAL_LAW_COURT = 4,
                     PAL_LAW_AGENCY = 8 /* the immigration agency itself */
};
const char *pal_law_actor_text(enum pal_law_actor actor);

/* A date as its source gives it: a day, a month, a year, or nothing. */
struct pal_law_date {
    struct pal_view text; /* "2017-07-24", "2019-12", "2014", "" */
    int32_t first;        /* the earliest day it can be; PAL_DAY_NONE for "" */
    int32_t last;         /* the latest */
};

struct pal_law_place {
    struct pal_view name;
    struct pal_view level;    /* federal, state, county, city */
    struct pal_view known_as; /* other names, parted by | */
    int parent;               /* -1: none */
};

struct pal_law_document {
    struct pal_view name;
    struct pal_view
        kind; /* detainer, notification, other, administrative, judicial, none */
    struct pal_view asks;        /* "hold", "notify", "" */
    struct pal_view released_as; /* how its name begins in the released tables */
    struct pal_law_date from;
    struct pal_law_date to;
    struct pal_view signed_by;
    struct pal_view citation;
    struct pal_view note;
    bool is_verified;
};

/* One line of rules.csv. */
struct pal_law_rule {
    int64_t line;
    struct pal_view id;
    int place;
    uint32_t actors;    /* bits of enum pal_law_actor */
    uint32_t documents; /* bit i: the i-th document */
    struct pal_view question;
    struct pal_view condition; /* as written */
    uint32_t terms;            /* all of them must hold */
    enum pal_law_outcome outcome;
    struct pal_view says;
    struct pal_law_date from;
    struct pal_law_date to;
    struct pal_view citation;
    struct pal_view source;
    struct pal_view source_date;
    struct pal_view date_checked;
    bool is_verified;               /* what the rule says was read in its source */
    struct pal_view dates_verified; /* "yes", "no", "" where it has no dates */
    struct pal_view conflicts_with; /* ids, parted by blanks */
};

struct pal_law;
/* The built-in places and documents, and the rules in `text`, or the built-in ones when its data
 * is NULL. `name` is what errors call the text. PAL_INPUT names the line: an unknown word, a
 * date that is none, an end before its beginning, and two rules about the same place, actor,
 * document, question and condition on the same day, unless each names the other in
 * conflicts_with. *out is NULL on failure. */
pal_status pal_law_open(struct pal_view text, const char *name, struct pal_law **out,
                        struct pal_error *err) PAL_MUST_USE;
void pal_law_close(struct pal_law *law);

/* What the table holds, by index below the count; the law's, good until it is closed. */
size_t pal_law_rule_count(const struct pal_law *law);
const struct pal_law_rule *pal_law_rule_at(const struct pal_law *law, size_t index);
size_t pal_law_place_count(const struct pal_law *law);
const struct pal_law_place *pal_law_place_at(const struct pal_law *law, size_t index);
size_t pal_law_document_count(const struct pal_law *law);
const struct pal_law_document *pal_law_document_at(const struct pal_law *law,
                                                   size_t index);
enum { PAL_LAW_PLACE_NONE = -1, PAL_LAW_PLACE_SEVERAL = -2 };
/* By name or another name, also with the county or state behind it or its level before it
 * ("Newark, NJ", "City of Chicago"); case, points and commas are ignored. PAL_LAW_PLACE_NONE: it
 * fits none; PAL_LAW_PLACE_SEVERAL: it fits several, and none by its own name. */
int pal_law_find_place(const struct pal_law *law, struct pal_view name);
/* The name is one that place `place` may be called by. */
bool pal_law_place_fits(const struct pal_law *law, size_t place, struct pal_view name);
/* A released facility: the city where the table knows it in that state, else the state. -1: the
 * state is not in the table. */
int pal_law_find_facility(const struct pal_law *law, struct pal_view state,
                          struct pal_view city);
int pal_law_find_document(const struct pal_law *law, struct pal_view name);
/* By the text of a released detainer type; -1 when it is none of them. */
int pal_law_find_released(const struct pal_law *law, struct pal_view type);
bool pal_law_find_actor(struct pal_view name, enum pal_law_actor *out);

/* ---- one day ---- */

/* What is known of a case. Bits of terms; a term in neither is not stated. */
struct pal_law_facts {
    uint32_t is_true;
    uint32_t is_false;
};
/* "none", "violent", "violent-felony:3" (years ago). PAL_USAGE lists the known words. */
pal_status pal_law_add_conviction(struct pal_law_facts *facts, struct pal_view text,
                                  struct pal_error *err) PAL_MUST_USE;
/* A term by its name, such as "watch-list"; "charge:felony" among them. */
pal_status pal_law_add_fact(struct pal_law_facts *facts, struct pal_view text,
                            struct pal_error *err) PAL_MUST_USE;
/* The terms in words: "a conviction of a felony and entry after removal". */
void pal_law_terms_text(uint32_t terms, struct pal_buffer *out);

struct pal_law_query {
    int place;
    int32_t day;
    uint32_t actors; /* 0: police, jail and court, and the agency where it has rules */
    uint32_t documents; /* 0: all kinds, by the form in use that day */
    struct pal_law_facts facts;
};

struct pal_law_decision {
    enum pal_law_actor actor;
    int document;
    struct pal_view question;
    uint32_t terms; /* 0: as the facts stand; else what would have to hold as well */
    enum pal_law_outcome outcome;
    size_t rule_count; /* deciding rules first */
    size_t deciding_count;
    const struct pal_law_rule **rules;
    bool
        is_verified; /* each deciding rule was read; for the same outcome twice, one was */
    bool has_verified_dates;
    struct pal_law_date from; /* the latest beginning of the deciding rules */
    struct pal_law_date to;   /* their earliest end */
    struct pal_view note;     /* why it is unknown or not sure, "" */
};

/* Decisions in the order actor, document, question; the arena's. */
pal_status pal_law_decide(const struct pal_law *law, const struct pal_law_query *query,
                          struct pal_arena *arena, struct pal_law_decision **out,
                          size_t *count, struct pal_error *err) PAL_MUST_USE;

/* ---- many days ---- */

/* Requests of one day, place and type, as released. */
struct pal_law_request {
    int32_t day;           /* PAL_DAY_NONE: not recorded */
    struct pal_view state; /* "" not recorded */
    struct pal_view city;
    struct pal_view type;
    int64_t count;
};
struct pal_law_requests {
    enum pal_law_actor
        actor; /* who was asked: the tables name the facility, mostly a jail */
    const struct pal_law_request *items;
    size_t count;
};
/* What the rules said of some of them: one place, calendar year, document and unbroken stretch
 * of days with the same deciding rules. */
struct pal_law_applied {
    struct pal_view place;    /* "place not recorded" */
    int32_t year;             /* 0: the day is not recorded */
    struct pal_view document; /* "I-247A"; "type not recorded", or the released text */
    struct pal_view question; /* "" where what was asked is not known */
    enum pal_law_outcome outcome;
    int32_t first; /* first and last day of the stretch within the year */
    int32_t last;
    int64_t count;
    struct pal_view rules; /* ids of the deciding rules, parted by blanks */
    struct pal_view note;
    bool is_verified;
};
/* Sorted by place, year, document, first day; the arena's. */
pal_status pal_law_apply(const struct pal_law *law,
                         const struct pal_law_requests *requests,
                         struct pal_arena *arena, struct pal_law_applied **out,
                         size_t *count, struct pal_error *err) PAL_MUST_USE;

/* What a rule of that outcome did to what was asked: "forbidden", "allowed", "required", "left
 * open". */
const char *pal_law_met_text(enum pal_law_outcome outcome);
/* With a header line, as law apply --format csv prints it. */
void pal_law_applied_csv(const struct pal_law_applied *rows, size_t count,
                         struct pal_buffer *out);

/* ---- the table itself ---- */

struct pal_law_finding {
    enum { PAL_LAW_GAP, PAL_LAW_EXPIRED } kind;
    const struct pal_law_rule *rule;
    const struct pal_law_rule *next; /* of a gap: the rule behind it */
};
/* Holes between two rules about the same thing, and rules that ended before `day` with none
 * after them. */
pal_status pal_law_findings(const struct pal_law *law, int32_t day,
                            struct pal_arena *arena, struct pal_law_finding **out,
                            size_t *count, struct pal_error *err) PAL_MUST_USE;

#endif
