package dev.socketio.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.socketio.SocketIoServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the page of the options with the options. */
final class OptionsPageTest {

    private static final Pattern ROW = Pattern.compile("^\\| `([\\w.]+)` \\| ", Pattern.MULTILINE);

    @Test
    void describesEveryOptionAndNoOther() {
        String page = String.join("\n", Documents.lines(Path.of("docs", "options.md")));

        List<String> described =
                ROW.matcher(page).results().map(row -> row.group(1)).toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(options());
    }

    /** A wrong name makes the server tell the right ones. */
    private static List<String> options() {
        Throwable refusal = catchThrowable(() -> SocketIoServer.builder().override(Map.of("wrong", "")));
        String message = String.valueOf(refusal.getMessage());
        String names = message.substring(message.indexOf("the options are ") + "the options are ".length());
        return List.of(names.split(", "));
    }
}
