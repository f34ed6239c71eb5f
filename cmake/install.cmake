# Under the prefix: the program, DuckDB's and PDFium's libraries where the pinned ones are
# used, manual pages and bash completion. The last two are made from the option tables and doc/ at build time.
set(pal_library_folder lib/palladium)
if(pal_duckdb_folder STREQUAL "${CMAKE_SOURCE_DIR}/.deps/duckdb")
    install(PROGRAMS ${PAL_DUCKDB_LIBRARY} DESTINATION ${pal_library_folder})
endif()
if(pal_pdfium_folder STREQUAL "${CMAKE_SOURCE_DIR}/.deps/pdfium")
    install(PROGRAMS ${PAL_PDFIUM_LIBRARY} DESTINATION ${pal_library_folder})
endif()
if(TARGET palladium)
    set_target_properties(palladium PROPERTIES
        INSTALL_RPATH "\$ORIGIN/../${pal_library_folder}")
    install(TARGETS palladium RUNTIME DESTINATION bin)

    file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/doc/palladium*.md)
    set(made ${CMAKE_BINARY_DIR}/share)
    if(pages AND NOT PAL_SANITIZE)
        add_custom_command(OUTPUT ${made}/stamp
            COMMAND ${CMAKE_SOURCE_DIR}/tools/gen-man --build $<TARGET_FILE:palladium> ${made}
            COMMAND ${CMAKE_COMMAND} -E touch ${made}/stamp
            DEPENDS palladium ${pages} ${CMAKE_SOURCE_DIR}/tools/gen-man VERBATIM)
        add_custom_target(manual ALL DEPENDS ${made}/stamp)
        install(DIRECTORY ${made}/man1 DESTINATION share/man)
        install(FILES ${made}/palladium.bash
            DESTINATION share/bash-completion/completions RENAME palladium)
    endif()
endif()
