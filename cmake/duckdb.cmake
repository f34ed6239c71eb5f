# DuckDB: an installed one first (library and header of the same release), else the
# pinned one that tools/setup puts into .deps/duckdb, with its header in third_party.
set(PAL_DUCKDB_DIR "" CACHE PATH "folder with libduckdb.so and duckdb.h")
find_library(PAL_DUCKDB_LIBRARY duckdb
    HINTS ${PAL_DUCKDB_DIR} PATHS ${CMAKE_SOURCE_DIR}/.deps/duckdb)
if(NOT PAL_DUCKDB_LIBRARY)
    message(FATAL_ERROR "libduckdb.so not found: run tools/setup, or set PAL_DUCKDB_DIR")
endif()
get_filename_component(pal_duckdb_folder ${PAL_DUCKDB_LIBRARY} DIRECTORY)
if(pal_duckdb_folder STREQUAL "${CMAKE_SOURCE_DIR}/.deps/duckdb")
    set(pal_duckdb_include ${CMAKE_SOURCE_DIR}/third_party/duckdb)
else()
    find_path(pal_duckdb_include duckdb.h HINTS ${PAL_DUCKDB_DIR})
    if(NOT pal_duckdb_include)
        set(pal_duckdb_include ${CMAKE_SOURCE_DIR}/third_party/duckdb)
    endif()
endif()
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES
    IMPORTED_LOCATION ${PAL_DUCKDB_LIBRARY}
    IMPORTED_NO_SONAME OFF
    INTERFACE_INCLUDE_DIRECTORIES ${pal_duckdb_include})

# A study without rows, which the program carries: src/store/template.c.
add_executable(make-template ${CMAKE_SOURCE_DIR}/tools/make-template.c)
target_link_libraries(make-template PRIVATE duckdb)
file(GLOB pal_schema CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/store/sql/schema_*.sql)
list(SORT pal_schema)
set(pal_template ${CMAKE_BINARY_DIR}/assets/template.bin)
add_custom_command(OUTPUT ${pal_template}
    COMMAND make-template ${pal_template} ${pal_schema}
    DEPENDS make-template ${pal_schema} VERBATIM)
