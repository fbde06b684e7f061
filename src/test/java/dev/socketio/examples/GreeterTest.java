package dev.socketio.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class GreeterTest {

    private static final Clock MORNING = Clock.fixed(Instant.parse("2030-01-01T08:00:00Z"), ZoneOffset.UTC);

    @Test
    void greetsByTheTimeOfDayAndTellsTheOthers() throws Exception {
        try (TestServer server = TestServer.start(new Greeter(MORNING));
                TestClient ada = TestClient.connect(server.uri());
                TestClient bob = TestClient.connect(server.uri())) {
            CompletableFuture<Object[]> greeted = bob.next("greeted");

            assertThat(ada.ask("greet", "Ada")).isEqualTo("Good morning, Ada");

            assertThat(greeted.get()).containsExactly("Ada");
        }
    }
}
