/*
 * The detentions sheet: one row per spell in a facility.
 */
#include <stddef.h>

#include "simulate/simulate_internal.h"

#define STINT(event) const struct pal_sim_stint *stint = (event)

static void stay_in(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_time(book, stint->stay_in);
}

static void in(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_time(book, stint->in);
}

static void facility(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_text(book, pal_sim_facility(stint->facility));
}

static void facility_code(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_text(book, pal_sim_facility_code(stint->facility));
}

static void out(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_time(book, stint->out);
}

static void stay_out(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_time(book, stint->stay_out);
}

static void release_reason(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    if (stint->out != 0) {
        pal_sim_write_text(book, stint->is_last ? "Removed" : "Transferred");
    }
}

static void stay_reason(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_text(book, stint->stay_out != 0 ? "Removed" : "");
}

static void gender(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_text(book, stint->person.is_female ? "Female" : "Male");
}

static void redacted(struct pal_sim_book *book, const void *event)
{
    (void)event;
    pal_sim_write_text(book, "b(6), b(7)c");
}

static void birth_year(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_number(book, stint->person.birth_year);
}

static void criminality(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_text(book, pal_sim_criminality(stint->person.criminality));
}

static void citizenship(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    pal_sim_write_text(book, pal_sim_citizenship(stint->person.citizenship));
}

static void identifier(struct pal_sim_book *book, const void *event)
{
    STINT(event);
    char text[41];
    if (!stint->is_without_id) {
        pal_sim_pseudonym(pal_sim_book_spec(book)->seed, stint->person.number, text);
        pal_sim_write_text(book, text);
    }
}

static const struct pal_sim_column columns[] = {
    {"Stay Book In Date Time", stay_in},
    {"Book In Date Time", in},
    {"Detention Facility", facility},
    {"Detention Facility Code", facility_code},
    {"Detention Book Out Date Time", out},
    {"Stay Book Out Date Time", stay_out},
    {"Detention Release Reason", release_reason},
    {"Stay Release Reason", stay_reason},
    {"Gender", gender},
    {"Birth Date", redacted},
    {"Birth Year", birth_year},
    {"Book In Criminality", criminality},
    {"Citizenship Country", citizenship},
    {"Alien File Number", redacted},
    {"Anonymized Identifier", identifier},
};

static const char *const footnotes[] = {
    "These rows are simulated. They describe nobody.", NULL};

const struct pal_sim_table pal_sim_stint_table = {
    "Detentions",
    "ICE Detentions",
    columns,
    sizeof columns / sizeof columns[0],
    sizeof(struct pal_sim_stint),
    offsetof(struct pal_sim_stint, in),
    footnotes,
};
