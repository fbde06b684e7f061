package dev.socketio.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that drives the stage, with its commands through a pipe. */
final class StageClientIT {

    private final CountDownLatch printed = new CountDownLatch(1);

    private final PipedWriter typed = new PipedWriter();

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void showsWhatIsTypedAndPrintsWhatIsSaid() throws Exception {
        Path picture = Files.write(folder.resolve("my picture.png"), new byte[] {1, 2, 3});
        try (TestServer server = TestServer.start(new Stage());
                TestClient page = TestClient.connect(server.uri());
                BufferedReader commands = new BufferedReader(new PipedReader(typed))) {
            CompletableFuture<Void> program = CompletableFuture.runAsync(() -> run(server, commands));
            CompletableFuture<Object[]> text = page.next("message");
            type("message hello there\n");
            assertThat(text.get()).containsExactly("hello there");

            CompletableFuture<Object[]> bytes = page.next("message");
            type("send " + picture + "\n");
            assertThat((byte[]) bytes.get()[0]).containsExactly(1, 2, 3);

            page.emit("talkback", "louder");
            assertThat(printed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(output.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("talkback louder\n");
            typed.close();
            program.get(10, TimeUnit.SECONDS);
        }
    }

    private void type(String command) throws Exception {
        typed.write(command);
        typed.flush();
    }

    private void run(TestServer server, BufferedReader commands) {
        PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                super.println(line);
                printed.countDown();
            }
        };
        try {
            StageClient.run(server.uri(), commands, out);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
