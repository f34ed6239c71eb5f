/*
 * The detainers sheet: the columns of 2026 that carry something here.
 */
#include <stddef.h>

#include "simulate/simulate_internal.h"

#define DETAINER(event) const struct pal_sim_detainer *detainer = (event)

static void date(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    pal_sim_write_day(book, detainer->second);
}

static void state(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    pal_sim_write_view(book, pal_sim_book_spec(book)->areas[detainer->area].state);
}

static void city(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    pal_sim_write_view(book, pal_sim_book_spec(book)->areas[detainer->area].city);
}

static void area(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    char text[128];
    struct pal_buffer name;
    pal_buffer_init(&name, sizeof text);
    pal_buffer_append_view(&name, pal_sim_book_spec(book)->areas[detainer->area].name);
    pal_buffer_append_text(&name, " Area of Responsibility");
    if (name.status == PAL_OK) {
        pal_sim_write_text(book, name.data);
    }
    pal_buffer_clear(&name);
}

static void criminality(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    pal_sim_write_text(book, pal_sim_criminality(detainer->person.criminality));
}

static void facility(struct pal_sim_book *book, const void *event)
{
    (void)event;
    pal_sim_write_text(book, "SIMULATED COUNTY JAIL");
}

static void facility_code(struct pal_sim_book *book, const void *event)
{
    (void)event;
    pal_sim_write_text(book, "SIMJAIL");
}

static void gender(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    pal_sim_write_text(book, detainer->person.is_female ? "Female" : "Male");
}

static void citizenship(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    pal_sim_write_text(book, pal_sim_citizenship(detainer->person.citizenship));
}

static void birth_year(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    pal_sim_write_number(book, detainer->person.birth_year);
}

static void type(struct pal_sim_book *book, const void *event)
{
    (void)event;
    pal_sim_write_text(book, "I247A - Immigration Detainer - Notice of Action");
}

static void lift_reason(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    pal_sim_write_text(book, detainer->is_declined      ? "Detainer Declined by LEA"
                             : detainer->is_transferred ? "Booked into Detention"
                                                        : "");
}

static void redacted(struct pal_sim_book *book, const void *event)
{
    (void)event;
    pal_sim_write_text(book, "b(6), b(7)c");
}

static void identifier(struct pal_sim_book *book, const void *event)
{
    DETAINER(event);
    char text[41];
    if (!detainer->is_without_id) {
        pal_sim_pseudonym(pal_sim_book_spec(book)->seed, detainer->person.number, text);
        pal_sim_write_text(book, text);
    }
}

static const struct pal_sim_column columns[] = {
    {"Detainer Prepare Date", date},
    {"Facility State", state},
    {"Facility AOR", area},
    {"Detainer Prepared Criminality", criminality},
    {"Detention Facility", facility},
    {"Detention Facility Code", facility_code},
    {"Facility City", city},
    {"Gender", gender},
    {"Citizenship Country", citizenship},
    {"Birth Date", redacted},
    {"Birth Year", birth_year},
    {"Detainer Lift Reason", lift_reason},
    {"Detainer Type", type},
    {"Alien File Number", redacted},
    {"Anonymized Identifier", identifier},
};

static const char *const footnotes[] = {
    "These rows are simulated. They describe nobody.", NULL};

const struct pal_sim_table pal_sim_detainer_table = {
    "Detainers",
    "ERO Detainers",
    columns,
    sizeof columns / sizeof columns[0],
    sizeof(struct pal_sim_detainer),
    offsetof(struct pal_sim_detainer, second),
    footnotes,
};
