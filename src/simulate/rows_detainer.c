/*
 * The detainers: the columns of 2026 that carry something here. One row a custody request,
 * dated by day.
 */
#include "simulate/simulate_internal.h"

enum column {
    DATE,
    STATE,
    AREA,
    CRIMINALITY,
    FACILITY,
    FACILITY_CODE,
    CITY,
    GENDER,
    CITIZENSHIP,
    BIRTH_DATE,
    BIRTH_YEAR,
    LIFT_REASON,
    TYPE,
    ALIEN_NUMBER,
    IDENTIFIER,
    COLUMN_COUNT
};
static const char *const names[COLUMN_COUNT] = {
    [DATE] = "Detainer Prepare Date",
    [STATE] = "Facility State",
    [AREA] = "Facility AOR",
    [CRIMINALITY] = "Detainer Prepared Criminality",
    [FACILITY] = "Detention Facility",
    [FACILITY_CODE] = "Detention Facility Code",
    [CITY] = "Facility City",
    [GENDER] = "Gender",
    [CITIZENSHIP] = "Citizenship Country",
    [BIRTH_DATE] = "Birth Date",
    [BIRTH_YEAR] = "Birth Year",
    [LIFT_REASON] = "Detainer Lift Reason",
    [TYPE] = "Detainer Type",
    [ALIEN_NUMBER] = "Alien File Number",
    [IDENTIFIER] = "Anonymized Identifier",
};
static const struct pal_view facilities[] = {{NULL, 0},
                                             PAL_SIM_TEXT("SIMULATED COUNTY JAIL")};
static const struct pal_view facility_codes[] = {{NULL, 0}, PAL_SIM_TEXT("SIMJAIL")};
static const struct pal_view types[] = {
    {NULL, 0}, PAL_SIM_TEXT("I247A - Immigration Detainer - Notice of Action")};

/* Requests without id are more common than arrests without: one in ten. */
static const double without_id_share = 0.1;
/* Where no office has requests that lead to an arrest here, some are booked all the same. */
static const double booked_share = 0.7;

static void set_texts(struct pal_block_column *columns, enum column which,
                      const struct pal_view *texts, size_t count)
{
    columns[which].texts = texts;
    columns[which].text_count = count;
}

size_t pal_sim_detainer_columns(const struct pal_simulate_world *world,
                                struct pal_block_column *columns)
{
    size_t areas = world->spec->area_count + 1;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        columns[i] =
            (struct pal_block_column){.name = names[i], .kind = PAL_COLUMN_CODE};
    }
    columns[DATE].kind = PAL_COLUMN_DAY;
    columns[BIRTH_YEAR].kind = PAL_COLUMN_INTEGER;
    columns[IDENTIFIER].kind = PAL_COLUMN_TEXT;
    columns[IDENTIFIER].width = PAL_SIM_ID_WIDTH;
    set_texts(columns, STATE, world->state_texts, areas);
    set_texts(columns, AREA, world->area_texts, areas);
    set_texts(columns, CITY, world->city_texts, areas);
    set_texts(columns, CRIMINALITY, pal_sim_criminalities.texts,
              pal_sim_criminalities.count);
    set_texts(columns, FACILITY, facilities, 2);
    set_texts(columns, FACILITY_CODE, facility_codes, 2);
    set_texts(columns, GENDER, pal_sim_genders.texts, pal_sim_genders.count);
    set_texts(columns, CITIZENSHIP, pal_sim_citizenships.texts,
              pal_sim_citizenships.count);
    set_texts(columns, BIRTH_DATE, pal_sim_marks.texts, pal_sim_marks.count);
    set_texts(columns, LIFT_REASON, pal_sim_lifts.texts, pal_sim_lifts.count);
    set_texts(columns, TYPE, types, 2);
    set_texts(columns, ALIEN_NUMBER, pal_sim_marks.texts, pal_sim_marks.count);
    return COLUMN_COUNT;
}

static uint8_t *codes(struct pal_simulate_rows *rows, enum column which)
{
    return rows->values[which];
}

static uint8_t lift_reason(const struct pal_simulate_world *world,
                           const struct pal_sim_custody_request *request)
{
    double declined = world->spec->areas[request->area].declined_share;
    uint32_t bits = (uint32_t)pal_sim_word(request->number, 1);
    if (request->kind == PAL_SIM_HONOURED) {
        return PAL_SIM_LIFT_BOOKED;
    }
    if (request->kind != PAL_SIM_OPEN) {
        return PAL_SIM_LIFT_DECLINED;
    }
    if (world->has_honoured) {
        return pal_sim_alias_draw(&world->lists.lift, bits);
    }
    return bits * 0x1p-32 * (1 - declined) < booked_share - declined
               ? PAL_SIM_LIFT_BOOKED
               : 0;
}

static void put_request(struct pal_simulate_rows *rows,
                        const struct pal_sim_custody_request *request)
{
    const struct pal_simulate_world *world = rows->world;
    struct pal_sim_person person = pal_sim_person_of(world, request->number);
    uint8_t area = (uint8_t)(request->area + 1);
    size_t at = rows->row_count++;
    uint8_t mark = pal_sim_mark_draw(rows->thresholds[PAL_SIM_SHARE_MIXED],
                                     pal_sim_word(request->number, 2));
    ((int32_t *)rows->values[DATE])[at] = request->day;
    codes(rows, STATE)[at] = area;
    codes(rows, AREA)[at] = area;
    codes(rows, CITY)[at] = area;
    codes(rows, CRIMINALITY)[at] = person.criminality;
    codes(rows, FACILITY)[at] = 1;
    codes(rows, FACILITY_CODE)[at] = 1;
    codes(rows, GENDER)[at] = person.gender;
    codes(rows, CITIZENSHIP)[at] = person.citizenship;
    codes(rows, BIRTH_DATE)[at] = mark;
    codes(rows, ALIEN_NUMBER)[at] = mark;
    ((int32_t *)rows->values[BIRTH_YEAR])[at] = person.birth_year;
    codes(rows, LIFT_REASON)[at] = lift_reason(world, request);
    codes(rows, TYPE)[at] = 1;
    char *id = (char *)rows->values[IDENTIFIER] + at * PAL_SIM_ID_WIDTH;
    if (pal_sim_third(request->word, 0, pal_sim_threshold(without_id_share))) {
        id[0] = '\0';
    } else {
        pal_sim_pseudonym(world, person.number, id);
    }
    pal_sim_tally_at(rows, request->area, request->day)[PAL_SIM_TALLY_REQUEST_ROWS]++;
}

void pal_sim_detainer_block(struct pal_simulate_rows *rows)
{
    struct pal_sim_custody_request request;
    rows->row_count = 0;
    while (rows->row_count < PAL_SIM_BLOCK_EVENTS &&
           pal_sim_next_request(&rows->walk, &request)) {
        put_request(rows, &request);
    }
}
