# The program: everything in app/ but main.c is a library, so that a fuzz harness can call the
# study file's reader; app/sql/*.sql is embedded.
file(GLOB app_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/app/*.c)
list(REMOVE_ITEM app_sources ${CMAKE_SOURCE_DIR}/app/main.c)
file(GLOB app_assets CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/app/sql/*.sql)
if(app_assets)
    set(generated ${CMAKE_BINARY_DIR}/assets/app_assets.c)
    add_custom_command(OUTPUT ${generated}
        COMMAND ${CMAKE_SOURCE_DIR}/tools/embed app ${generated} ${app_assets}
        DEPENDS ${app_assets} ${CMAKE_SOURCE_DIR}/tools/embed VERBATIM)
    list(APPEND app_sources ${generated})
endif()
add_library(pal_app STATIC ${app_sources})
target_include_directories(pal_app PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(pal_app PRIVATE pal_flags PUBLIC pal_publish pal_simulate pal_claim
    pal_detect pal_measure pal_document pal_law pal_model pal_stat pal_store pal_record pal_source pal_base PRIVATE PkgConfig::YAML
    PkgConfig::JANSSON)
target_compile_definitions(pal_app PRIVATE PAL_VERSION="${PROJECT_VERSION}")

add_executable(palladium ${CMAKE_SOURCE_DIR}/app/main.c)
target_link_libraries(palladium PRIVATE pal_flags pal_app)
