/*
 * What the files of room simulate share: events in memory, and a sheet being written.
 */
#ifndef PAL_SIMULATE_SIMULATE_INTERNAL_H
#define PAL_SIMULATE_SIMULATE_INTERNAL_H

#include "simulate/simulate.h"
#include "stat/random.h"

struct pal_sim_person {
    uint64_t number; /* drawn into the released pseudonym */
    uint8_t citizenship;
    uint8_t criminality; /* 0 convicted, 1 pending, 2 other */
    bool is_female;
    int32_t birth_year;
};

enum pal_sim_group { PAL_SIM_AT_LARGE, PAL_SIM_CUSTODIAL, PAL_SIM_287G, PAL_SIM_OTHER };

struct pal_sim_arrest {
    int64_t second; /* since 1970 */
    struct pal_sim_person person;
    uint16_t area;
    uint8_t group;
    uint8_t method; /* index into the group's methods */
    bool is_duplicate;
    bool is_reprocessed;
    bool is_campaign;
    bool is_without_id;
    bool is_area_blank;
    bool is_state_blank;
};

struct pal_sim_detainer {
    int64_t second;
    struct pal_sim_person person;
    uint16_t area;
    bool is_declined;
    bool is_transferred;
    bool is_without_id;
};

struct pal_sim_stint {
    struct pal_sim_person person;
    int64_t stay_in;
    int64_t stay_out; /* 0: still held at the end */
    int64_t in;
    int64_t out; /* 0: still held at the end */
    uint16_t area;
    uint8_t facility;
    bool is_last;
    bool is_without_id;
};

struct pal_sim_world {
    const struct pal_simulate_spec *spec;
    struct pal_sim_arrest *arrests; /* in order of time */
    size_t arrest_count;
    size_t arrest_room;
    struct pal_sim_detainer *detainers;
    size_t detainer_count;
    size_t detainer_room;
    struct pal_sim_stint *stints;
    size_t stint_count;
    size_t stint_room;
    struct pal_simulate_counts counts;
};

enum { PAL_SIM_SECONDS_A_DAY = 86400 };

/* Whether the place's turn falls on the day, and the turn's first and last day. */
bool pal_sim_is_spurt(const struct pal_simulate_spec *spec, size_t area, int32_t day);
bool pal_sim_spurt(const struct pal_simulate_spec *spec, size_t area, int32_t number,
                   int32_t *first, int32_t *last);

pal_status pal_sim_world_fill(struct pal_sim_world *world,
                              struct pal_error *err) PAL_MUST_USE;
void pal_sim_world_clear(struct pal_sim_world *world);

struct pal_sim_person pal_sim_person_draw(struct pal_random *random);
const char *pal_sim_citizenship(uint8_t index);
const char *pal_sim_criminality(uint8_t index);
const char *pal_sim_method(uint8_t group, uint8_t index);
uint8_t pal_sim_method_draw(struct pal_random *random, uint8_t group);
const char *pal_sim_facility(uint8_t index);
const char *pal_sim_facility_code(uint8_t index);
uint8_t pal_sim_facility_draw(struct pal_random *random);
/* 40 hex digits and a NUL: the released pseudonym. */
void pal_sim_pseudonym(uint64_t seed, uint64_t person, char out[41]);

/* ---- workbooks ---- */

struct pal_sim_book;
/* One column: its header and how an event's cell is written. */
struct pal_sim_column {
    const char *header;
    void (*write)(struct pal_sim_book *book, const void *event);
};
struct pal_sim_table {
    const char *name;  /* "Arrests" */
    const char *title; /* "ERO Administrative Arrests" */
    const struct pal_sim_column *columns;
    size_t column_count;
    size_t event_size;
    size_t second_offset; /* of the event's time */
    const char *const *footnotes;
};
void pal_sim_write_text(struct pal_sim_book *book, const char *text);
void pal_sim_write_view(struct pal_sim_book *book, struct pal_view text);
void pal_sim_write_number(struct pal_sim_book *book, double number);
void pal_sim_write_day(struct pal_sim_book *book,
                       int64_t second); /* date only; 0 blank */
void pal_sim_write_time(struct pal_sim_book *book, int64_t second);
const struct pal_simulate_spec *pal_sim_book_spec(const struct pal_sim_book *book);

/* The events of one fiscal year, in order of time. */
struct pal_sim_events {
    const void *first;
    size_t count;
    int32_t fiscal_year;
};
/* Their workbook: Summary, data sheets, Footnotes. */
pal_status pal_sim_book_write(const struct pal_simulate_spec *spec,
                              const struct pal_sim_table *table,
                              const struct pal_sim_events *events, const char *folder,
                              struct pal_error *err) PAL_MUST_USE;

extern const struct pal_sim_table pal_sim_arrest_table;
extern const struct pal_sim_table pal_sim_detainer_table;
extern const struct pal_sim_table pal_sim_stint_table;

pal_status pal_sim_truth_write(const struct pal_sim_world *world, const char *folder,
                               struct pal_error *err) PAL_MUST_USE;

#endif
