package dev.socketio.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The pages that name tests name such as there are. */
final class ParityTest {

    private static final Pattern REFERENCE = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

    private static final Pattern CLAIM = Pattern.compile("\\| (?:same|better)\\b.*\\| *\\|$");

    @TestFactory
    Stream<DynamicTest> namesTestsThatExist() {
        return Documents.all().stream()
                .flatMap(page -> Documents.lines(page).stream()
                        .flatMap(line -> REFERENCE.matcher(line).results())
                        .map(found -> DynamicTest.dynamicTest(
                                found.group(),
                                () -> assertThat(sources(found.group(1))).contains(" " + found.group(2) + "("))));
    }

    @TestFactory
    Stream<DynamicTest> everyClaimOfParityNamesATest() {
        List<String> rows = Documents.lines(Path.of("docs", "parity.md"));
        return rows.stream()
                .filter(row -> row.startsWith("| ") && !row.startsWith("| on Node.js"))
                .map(row -> DynamicTest.dynamicTest(row, () -> assertThat(row).doesNotMatch(CLAIM)));
    }

    /** Returns all classes of this name: packages may have one each. */
    private static String sources(String name) throws IOException {
        try (Stream<Path> tests = Files.walk(Path.of("src", "test", "java"))) {
            StringBuilder sources = new StringBuilder();
            for (Path found :
                    tests.filter(path -> path.endsWith(name + ".java")).toList()) {
                sources.append(Files.readString(found));
            }
            return sources.toString();
        }
    }
}
