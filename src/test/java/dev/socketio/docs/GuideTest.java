package dev.socketio.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.docs.Documents.Snippet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide shows code that tests run: each block stands in the file of its kind that is linked last before it. */
final class GuideTest {

    private static final Set<String> LANGUAGES = Set.of("java", "js", "html", "xml", "json");

    private static final Pattern VERSION =
            Pattern.compile("<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>");

    private static final Pattern PROPERTY = Pattern.compile("<([\\w.-]+)>([^<]+)</\\1>");

    private static final Pattern OPENING = Pattern.compile("```(.+)");

    static Stream<Path> pages() {
        return Documents.all().stream().filter(Documents::isGuide);
    }

    static Stream<Snippet> snippets() {
        return pages().flatMap(
                        page -> LANGUAGES.stream().flatMap(language -> Documents.snippets(page, language).stream()));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void showsCodeAsItIs(Snippet snippet) {
        assertThat(isPartOf(Documents.lines(source(snippet)), snippet.code()))
                .as("%s is in %s", snippet, source(snippet))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasNoCodeButWhatIsChecked(Path page) {
        List<String> languages = Documents.lines(page).stream()
                .flatMap(line -> OPENING.matcher(line).results())
                .map(opening -> opening.group(1))
                .toList();

        assertThat(languages).allMatch(language -> LANGUAGES.contains(language) || language.equals("sh"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "greeter"})
    void namesTheVersionsOfThisBuild(String project) {
        Map<String, String> named = versions(Path.of("src", "test", "guide", project, "pom.xml"));
        named.remove(project);

        assertThat(named).isNotEmpty();
        assertThat(versions(Path.of("pom.xml"))).containsAllEntriesOf(named);
    }

    @Test
    void findsCodeWhateverItsIndentation() {
        List<String> source =
                List.of("class A {", "    void run() {", "        go();", "", "        stop();", "    }", "}");

        assertThat(isPartOf(source, "go();\n\nstop();")).isTrue();
        assertThat(isPartOf(source, "void run() {\n    go();")).isTrue();
        assertThat(isPartOf(source, "void run() {\ngo();")).isFalse();
        assertThat(isPartOf(source, "go();\nstop();")).isFalse();
        assertThat(isPartOf(source, "stop")).isFalse();
    }

    @Test
    void asksForTheSourceOfCode() {
        Snippet unlinked = new Snippet(Path.of("README.md"), 3, "go();", "java");

        assertThatThrownBy(() -> source(unlinked)).hasMessageContaining("no link to a java file");
    }

    private static Map<String, String> versions(Path description) {
        String text = String.join("\n", Documents.lines(description));
        Map<String, String> properties = new HashMap<>();
        PROPERTY.matcher(text).results().forEach(found -> properties.put("${" + found.group(1) + "}", found.group(2)));
        Map<String, String> versions = new HashMap<>();
        VERSION.matcher(text)
                .results()
                .forEach(
                        found -> versions.put(found.group(1), properties.getOrDefault(found.group(2), found.group(2))));
        return versions;
    }

    private static boolean isPartOf(List<String> source, String code) {
        int length = code.split("\n", -1).length;
        return IntStream.rangeClosed(0, source.size() - length)
                .mapToObj(start -> String.join("\n", source.subList(start, start + length)))
                .anyMatch(part -> part.stripIndent().equals(code));
    }

    private static Path source(Snippet snippet) {
        Pattern link = Pattern.compile("]\\(([^)]*\\.m?" + snippet.language() + ")\\)");
        List<String> links = new ArrayList<>();
        for (String line : Documents.lines(snippet.document()).subList(0, snippet.line())) {
            link.matcher(line).results().forEach(found -> links.add(found.group(1)));
        }
        if (links.isEmpty()) {
            throw new IllegalStateException("no link to a " + snippet.language() + " file before " + snippet);
        }
        return snippet.document().resolveSibling(links.get(links.size() - 1)).normalize();
    }
}
