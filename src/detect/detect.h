/*
 * detect -- surges: when and where more was recorded than usual, how much more, and how sure.
 *
 * Takes    counts a day by area and group with the release that serves each day, either plain
 *          (detect/surge.h, detect/baseline.h, detect/turns.h) or out of a study by the
 *          measures that define them (detect/study.h)
 * Gives    the usual of each series with its uncertainty; surges with their size, interval,
 *          adjusted p and kind; lasting changes; whether areas take turns; all in plain words
 * Owns     a result until its _free; plain calls keep nothing
 * Never    counts what no measure defines; reads a day that no release serves as zero; says
 *          "street operation" of people taken over from jails; breaks out fewer than
 *          PAL_SURGE_CELL_MIN records
 * Threads  a call may use the threads its setting allows; the result does not depend on them
 * Limits   PAL_SURGE_AREA_MAX, PAL_SURGE_GROUP_MAX, PAL_SURGE_DAY_MAX, PAL_SURGE_MAX
 */
#ifndef PAL_DETECT_DETECT_H
#define PAL_DETECT_DETECT_H

#include "detect/baseline.h"
#include "detect/study.h"
#include "detect/surge.h"
#include "detect/turns.h"

#endif
