/*
 * The arrests: the 25 columns of March 2026, in their order. One row a recorded arrest, and a
 * second one for some, within a day. Columns that this leaves blank are codes without texts.
 */
#include <string.h>

#include "simulate/simulate_internal.h"

enum column {
    DATE,
    TYPE,
    STATE,
    COUNTY,
    AREA,
    PROGRAM,
    AGENCY,
    METHOD,
    CRIMINALITY,
    CASE_STATUS,
    CASE_CATEGORY,
    DEPARTURE_COUNTRY,
    FINAL_ORDER,
    BIRTH_DATE,
    BIRTH_YEAR,
    CITIZENSHIP,
    GENDER,
    DEPARTED,
    FINAL_ORDER_DATE,
    LANDMARK,
    OPERATION,
    DUTY_SITE,
    CASE_CRIMINALITY,
    THREAT,
    IDENTIFIER,
    COLUMN_COUNT
};
static const char *const names[COLUMN_COUNT] = {
    [DATE] = "Apprehension Date",
    [TYPE] = "Apprehension Type",
    [STATE] = "Apprehension State",
    [COUNTY] = "Apprehension County",
    [AREA] = "TOA Current Duty AOR",
    [PROGRAM] = "Apprehension Final Program",
    [AGENCY] = "Arresting Agency",
    [METHOD] = "Apprehension Method",
    [CRIMINALITY] = "Apprehension Criminality",
    [CASE_STATUS] = "Case Status",
    [CASE_CATEGORY] = "Case Category",
    [DEPARTURE_COUNTRY] = "Departure Country",
    [FINAL_ORDER] = "Final Order Yes No",
    [BIRTH_DATE] = "Birth Date",
    [BIRTH_YEAR] = "Birth Year",
    [CITIZENSHIP] = "Citizenship Country",
    [GENDER] = "Gender",
    [DEPARTED] = "Departed Date",
    [FINAL_ORDER_DATE] = "Final Order Date",
    [LANDMARK] = "Apprehension Site Landmark",
    [OPERATION] = "Operation",
    [DUTY_SITE] = "TOA Current Duty Site",
    [CASE_CRIMINALITY] = "Case Criminality",
    [THREAT] = "Case Threat Level",
    [IDENTIFIER] = "Anonymized Identifier",
};

static const struct pal_view types[] = {
    {NULL, 0}, PAL_SIM_TEXT("Targeted"), PAL_SIM_TEXT("Collateral")};
static const struct pal_view programs[] = {
    [PAL_SIM_AT_LARGE + 1] = PAL_SIM_TEXT("Fugitive Operations"),
    [PAL_SIM_CUSTODIAL + 1] = PAL_SIM_TEXT("ERO Criminal Alien Program"),
    [PAL_SIM_287G + 1] = PAL_SIM_TEXT("287g Program"),
    [PAL_SIM_OTHER + 1] = PAL_SIM_TEXT("Border Patrol")};
static const struct pal_view agencies[] = {
    {NULL, 0}, PAL_SIM_TEXT("ICE"), PAL_SIM_TEXT("CBP")};
static const struct pal_view statuses[] = {
    {NULL, 0},
    PAL_SIM_TEXT("ACTIVE"),
    PAL_SIM_TEXT("8-Excluded/Removed - Inadmissibility")};
static const struct pal_view categories[] = {
    {NULL, 0},
    PAL_SIM_TEXT(
        "[1A] Voluntary Departure - Un-Expired and Un-Extended Departure Period"),
    PAL_SIM_TEXT("[8C] Excludable / Inadmissible - Administrative Final Order Issued")};
static const struct pal_view answers[] = {
    {NULL, 0}, PAL_SIM_TEXT("NO"), PAL_SIM_TEXT("YES")};
static const struct pal_view landmarks[] = {{NULL, 0},
                                            PAL_SIM_TEXT("SIMULATED GENERAL AREA"),
                                            PAL_SIM_TEXT("SIMULATED COUNTY JAIL ")};
static const struct pal_view operations[] = {{NULL, 0}, PAL_SIM_TEXT("(b)(7)(E) ")};
static const struct pal_view threats[] = {{NULL, 0},
                                          PAL_SIM_TEXT("1"),
                                          PAL_SIM_TEXT("2"),
                                          PAL_SIM_TEXT("3"),
                                          PAL_SIM_TEXT("NA")};

static const enum pal_sim_group groups[PAL_SIM_KIND_COUNT] = {
    [PAL_SIM_TARGETED] = PAL_SIM_AT_LARGE,
    [PAL_SIM_SPURT_TARGETED] = PAL_SIM_AT_LARGE,
    [PAL_SIM_COLLATERAL] = PAL_SIM_AT_LARGE,
    [PAL_SIM_SPURT_COLLATERAL] = PAL_SIM_AT_LARGE,
    [PAL_SIM_IN_CUSTODY] = PAL_SIM_CUSTODIAL,
    [PAL_SIM_AGREEMENT] = PAL_SIM_287G,
    [PAL_SIM_REST] = PAL_SIM_OTHER};

/* Quantiles of the exponential distribution of mean 1, by sixteenths. */
static const double delay_quantiles[] = {0.0000, 0.0645, 0.1335, 0.2076, 0.2877, 0.3747,
                                         0.4700, 0.5754, 0.6931, 0.8267, 0.9808, 1.1632,
                                         1.3863, 1.6740, 2.0794, 2.7726, 7.6009};
enum { DELAY_LOG2 = 4, REPEAT_SECONDS = 20 * 3600 };

static void set_texts(struct pal_block_column *columns, enum column which,
                      const struct pal_view *texts, size_t count)
{
    columns[which].texts = texts;
    columns[which].text_count = count;
}
#define SET(which, array)                                                              \
    set_texts(columns, which, array, sizeof(array) / sizeof(array)[0])
#define SET_LIST(which, list) set_texts(columns, which, (list).texts, (list).count)

size_t pal_sim_arrest_columns(const struct pal_simulate_world *world,
                              struct pal_block_column *columns)
{
    size_t areas = world->spec->area_count + 1;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        columns[i] =
            (struct pal_block_column){.name = names[i], .kind = PAL_COLUMN_CODE};
    }
    columns[DATE].kind = PAL_COLUMN_SECOND;
    columns[BIRTH_YEAR].kind = PAL_COLUMN_INTEGER;
    columns[IDENTIFIER].kind = PAL_COLUMN_TEXT;
    columns[IDENTIFIER].width = PAL_SIM_ID_WIDTH;
    set_texts(columns, STATE, world->state_texts, areas);
    set_texts(columns, AREA, world->area_texts, areas);
    set_texts(columns, DUTY_SITE, world->area_texts, areas);
    SET(TYPE, types);
    SET(PROGRAM, programs);
    SET(AGENCY, agencies);
    SET_LIST(METHOD, pal_sim_methods);
    SET_LIST(CRIMINALITY, pal_sim_criminalities);
    SET(CASE_STATUS, statuses);
    SET(CASE_CATEGORY, categories);
    SET(FINAL_ORDER, answers);
    SET_LIST(BIRTH_DATE, pal_sim_marks);
    SET_LIST(CITIZENSHIP, pal_sim_citizenships);
    SET_LIST(GENDER, pal_sim_genders);
    SET(LANDMARK, landmarks);
    SET(OPERATION, operations);
    SET_LIST(CASE_CRIMINALITY, pal_sim_criminalities);
    SET(THREAT, threats);
    return COLUMN_COUNT;
}

static uint8_t *codes(struct pal_simulate_rows *rows, enum column which)
{
    return rows->values[which];
}

/* What both rows of an arrest have in common. */
static void put_row(struct pal_simulate_rows *rows, const struct pal_sim_arrest *arrest,
                    size_t at)
{
    const struct pal_simulate_world *world = rows->world;
    struct pal_sim_person person = pal_sim_person_of(world, arrest->number);
    uint64_t blanks = pal_sim_arrest_word(arrest, PAL_SIM_WORD_BLANKS);
    uint64_t mark = pal_sim_arrest_word(arrest, PAL_SIM_WORD_MARK);
    enum pal_sim_group group = groups[arrest->kind];
    const uint32_t *thresholds = rows->thresholds;
    uint8_t area = (uint8_t)(arrest->area + 1);
    bool is_area_blank =
        pal_sim_third(blanks, 1, thresholds[PAL_SIM_SHARE_AREA_BLANK]) ||
        arrest->cell->is_area_blank;
    bool is_state_blank =
        pal_sim_third(blanks, 2, thresholds[PAL_SIM_SHARE_STATE_BLANK]);
    bool has_type = arrest->kind <= PAL_SIM_SPURT_COLLATERAL &&
                    world->spec->type_recorded_from != PAL_DAY_NONE &&
                    arrest->day >= world->spec->type_recorded_from;
    codes(rows, TYPE)[at] =
        (uint8_t)(!has_type ? 0 : 1 + (arrest->kind >= PAL_SIM_COLLATERAL));
    codes(rows, STATE)[at] = is_state_blank ? 0 : area;
    codes(rows, AREA)[at] = is_area_blank ? 0 : area;
    codes(rows, DUTY_SITE)[at] = is_area_blank ? 0 : area;
    codes(rows, PROGRAM)[at] = (uint8_t)(group + 1);
    codes(rows, AGENCY)[at] = (uint8_t)(1 + (group == PAL_SIM_OTHER));
    codes(rows, CRIMINALITY)[at] = person.criminality;
    codes(rows, CASE_CRIMINALITY)[at] = person.criminality;
    codes(rows, CASE_STATUS)[at] = (uint8_t)(1 + (person.number % 3 == 0));
    codes(rows, CASE_CATEGORY)[at] = (uint8_t)(1 + (person.number % 2 == 0));
    codes(rows, FINAL_ORDER)[at] = (uint8_t)(1 + (person.number % 2 == 0));
    codes(rows, BIRTH_DATE)[at] =
        pal_sim_mark_draw(thresholds[PAL_SIM_SHARE_MIXED], mark);
    codes(rows, CITIZENSHIP)[at] = person.citizenship;
    codes(rows, GENDER)[at] = person.gender;
    codes(rows, LANDMARK)[at] = (uint8_t)(1 + (group == PAL_SIM_CUSTODIAL));
    codes(rows, OPERATION)[at] = (uint8_t)(person.number % 5 == 0);
    codes(rows, THREAT)[at] =
        (uint8_t)(person.criminality == 1 ? 1 + person.number % 3 : 4);
    codes(rows, METHOD)[at] = pal_sim_alias_draw(
        &world->lists.method[group],
        (uint32_t)(pal_sim_arrest_word(arrest, PAL_SIM_WORD_MOMENT) >> 32));
    ((int32_t *)rows->values[BIRTH_YEAR])[at] = person.birth_year;
    char *id = (char *)rows->values[IDENTIFIER] + at * PAL_SIM_ID_WIDTH;
    if (pal_sim_third(blanks, 0, thresholds[PAL_SIM_SHARE_WITHOUT_ID])) {
        pal_sim_no_id(person.number, id);
    } else {
        pal_sim_pseudonym(world, person.number, id);
    }
}

static void copy_row(struct pal_simulate_rows *rows, size_t from, size_t to)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (rows->columns[i].kind == PAL_COLUMN_CODE) {
            uint8_t *values = rows->values[i];
            values[to] = values[from];
        }
    }
    int32_t *years = rows->values[BIRTH_YEAR];
    char *ids = rows->values[IDENTIFIER];
    years[to] = years[from];
    memcpy(ids + to * PAL_SIM_ID_WIDTH, ids + from * PAL_SIM_ID_WIDTH,
           PAL_SIM_ID_WIDTH);
}

/* Recorded on its day, behind a gap, or some days late; NONE: not in the release. */
static int32_t recorded_day(struct pal_simulate_rows *rows,
                            const struct pal_sim_arrest *arrest, uint64_t second,
                            int64_t *tally)
{
    const struct pal_simulate_spec *spec = rows->world->spec;
    if (arrest->cell->recorded == PAL_DAY_NONE) {
        tally[PAL_SIM_TALLY_MISSING]++;
        return PAL_DAY_NONE;
    }
    if (rows->thresholds[PAL_SIM_SHARE_LATE] != 0 &&
        pal_sim_third(second, 2, rows->thresholds[PAL_SIM_SHARE_LATE])) {
        uint32_t bits =
            (uint32_t)(pal_sim_arrest_word(arrest, PAL_SIM_WORD_DELAY) >> 32);
        double delay =
            pal_sim_quantile(delay_quantiles, DELAY_LOG2, bits) * spec->late_days;
        if (arrest->day + delay > spec->last) {
            tally[PAL_SIM_TALLY_NOT_YET]++;
            return PAL_DAY_NONE;
        }
    }
    return arrest->cell->recorded;
}

static void put_arrest(struct pal_simulate_rows *rows,
                       const struct pal_sim_arrest *arrest)
{
    const struct pal_simulate_spec *spec = rows->world->spec;
    uint64_t second = pal_sim_arrest_word(arrest, PAL_SIM_WORD_SECOND);
    uint64_t blanks = pal_sim_arrest_word(arrest, PAL_SIM_WORD_BLANKS);
    int64_t *tally = pal_sim_tally_at(rows, arrest->area, arrest->day);
    int64_t *dates = rows->values[DATE];
    int32_t day = recorded_day(rows, arrest, second, tally);
    if (day == PAL_DAY_NONE) {
        return;
    }
    int64_t shift = (int64_t)(day - arrest->day) * PAL_SIM_SECONDS_A_DAY;
    size_t at = rows->row_count++;
    put_row(rows, arrest, at);
    dates[at] = arrest->second + shift;
    bool has_id = !pal_sim_third(blanks, 0, rows->thresholds[PAL_SIM_SHARE_WITHOUT_ID]);
    tally[PAL_SIM_TALLY_ROWS]++;
    tally[PAL_SIM_TALLY_WITHOUT_ID] += has_id ? 0 : 1;
    tally[PAL_SIM_TALLY_BLANK_AREA] += codes(rows, AREA)[at] == 0 ? 1 : 0;
    if (has_id && pal_sim_third(second, 0, rows->thresholds[PAL_SIM_SHARE_DUPLICATE])) {
        size_t again = rows->row_count++;
        copy_row(rows, at, again);
        dates[again] =
            dates[at] +
            pal_sim_below((uint32_t)pal_sim_arrest_word(arrest, PAL_SIM_WORD_DELAY),
                          REPEAT_SECONDS);
        if (dates[again] >= ((int64_t)spec->last + 1) * PAL_SIM_SECONDS_A_DAY) {
            dates[again] = dates[at]; /* nothing is dated behind the last day */
        }
        if (pal_sim_third(second, 1, pal_sim_threshold(0.5))) {
            codes(rows, METHOD)[again] = PAL_SIM_METHOD_REPROCESSED;
        }
        tally[PAL_SIM_TALLY_ROWS]++;
        tally[PAL_SIM_TALLY_SECOND_ROWS]++;
    }
}

void pal_sim_arrest_block(struct pal_simulate_rows *rows)
{
    struct pal_sim_arrest arrest;
    rows->row_count = 0;
    while (rows->row_count < PAL_SIM_BLOCK_EVENTS &&
           pal_sim_next_arrest(&rows->walk, &arrest)) {
        put_arrest(rows, &arrest);
    }
}
