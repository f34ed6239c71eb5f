/*
 * base -- what every room stands on: errors, memory, text, digests, days, output.
 *
 * Takes    nothing of the study
 * Gives    the small headers of this folder, each with its own paragraph
 * Owns     nothing beyond what each header says
 * Never    knows another room; keeps mutable globals (but the failing-allocation counter of
 *          test builds); prints
 * Threads  pure calls anywhere; a handle is one thread's, but for pal_queue
 * Limits   PAL_ERROR_TEXT_MAX, PAL_JSON_DEPTH_MAX, PAL_INTERN_TEXT_MAX, and the caps given
 *          to arenas and buffers
 */
#ifndef PAL_BASE_BASE_H
#define PAL_BASE_BASE_H

#include "base/asset.h"
#include "base/buffer.h"
#include "base/calendar.h"
#include "base/column.h"
#include "base/csv.h"
#include "base/csv_read.h"
#include "base/encoding.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/parse.h"
#include "base/progress.h"
#include "base/queue.h"
#include "base/status.h"
#include "base/view.h"

#endif
