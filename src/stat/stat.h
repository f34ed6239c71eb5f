/*
 * stat -- pure numerics: how sure a number is, what was to be expected, and what stands out.
 *
 * Takes    plain doubles and int64 counts, borrowed for the length of the call
 * Gives    distributions, intervals, fits, alarms, change points, survival curves, scan
 *          windows, and seeded random numbers; by typed calls, or by name over named columns
 *          (stat/method.h)
 * Owns     nothing: results go to the caller's struct or the caller's arena
 * Never    does I/O, reads the clock, keeps state, or passes a NaN on: what cannot be
 *          computed is a pal_fit_status with a reason
 * Threads  pure calls; a struct pal_random is one thread's
 * Limits   PAL_GLM_COLUMN_MAX, PAL_GLM_ROW_MAX, PAL_SCRATCH_MAX, and those of each header
 *
 * A failed call (pal_status) is a wrong argument or no memory. A call that went well may
 * still have nothing to say about the data; then pal_fit_status names the reason.
 */
#ifndef PAL_STAT_STAT_H
#define PAL_STAT_STAT_H

#include "stat/breaks.h"
#include "stat/change.h"
#include "stat/chart.h"
#include "stat/cox.h"
#include "stat/detect.h"
#include "stat/dispersion.h"
#include "stat/distribution.h"
#include "stat/fit.h"
#include "stat/glm.h"
#include "stat/interval.h"
#include "stat/method.h"
#include "stat/random.h"
#include "stat/scan.h"
#include "stat/survival.h"
#include "stat/undercount.h"

#endif
