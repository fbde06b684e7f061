package dev.socketio.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The documents of the project, in Markdown. */
public final class Documents {

    private static final String FENCE = "```";

    private Documents() {}

    /**
     * A block of code in a document.
     *
     * @param line of the document on which the code begins, from 1
     */
    public record Snippet(Path document, int line, String code, String language) {

        @Override
        public String toString() {
            return document + ":" + line;
        }
    }

    static List<Path> all() {
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells whether a page is of the guide by example, whose code is that of {@code dev.socketio.examples}. */
    static boolean isGuide(Path document) {
        return document.startsWith(Path.of("docs", "guide"));
    }

    static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the blocks that are marked with a language, such as {@code java}. */
    public static List<Snippet> snippets(Path document, String language) {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = lines(document);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE + language)) {
                int end = i + 1;
                while (!lines.get(end).equals(FENCE)) {
                    end++;
                }
                snippets.add(new Snippet(document, i + 2, String.join("\n", lines.subList(i + 1, end)), language));
                i = end;
            }
        }
        return snippets;
    }
}
