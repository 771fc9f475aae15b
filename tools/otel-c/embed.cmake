# embed.cmake - cmake -DOUT=file.c -DFILES=a;b -P embed.cmake: writes the files' bytes as the table of plugin/template.h.
set(arrays "")
set(rows "")
set(index 0)
foreach(file IN LISTS FILES)
	file(READ "${file}" bytes HEX)
	string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
	get_filename_component(name "${file}" NAME)
	string(APPEND arrays "static const unsigned char file_${index}[] = {${bytes}0};\n")
	string(APPEND rows "\t{\"${name}\", (const char *)file_${index}},\n")
	math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUT}" "#include \"tools/otel-c/plugin/template.h\"\n\n${arrays}\n"
	"const struct template_file template_files[] = {\n${rows}};\n"
	"const size_t template_count = ${index};\n")
