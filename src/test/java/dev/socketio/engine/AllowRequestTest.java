package dev.socketio.engine;

import static dev.socketio.engine.EngineFixture.POLLING;
import static dev.socketio.engine.EngineFixture.WEBSOCKET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.LogCapture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application's own word on who may open a session. */
class AllowRequestTest {

    private final List<EngineRequest> asked = new ArrayList<>();
    private final List<ConnectionError> errors = new ArrayList<>();

    private EngineFixture engine(AllowRequest allowRequest) {
        EngineFixture engine = new EngineFixture(EngineOptions.builder().allowRequest(request -> {
            asked.add(request);
            allowRequest.check(request);
        }));
        engine.server.onConnectionError(errors::add);
        return engine;
    }

    private static HttpReply refusal(EngineFixture engine) {
        try {
            engine.server.acceptWebSocket(FakeExchange.get(WEBSOCKET));
        } catch (EngineRefusal refusal) {
            return refusal.reply();
        }
        throw new AssertionError("not refused");
    }

    @Test
    void isAskedForHandshakesOnBothTransports() {
        EngineFixture engine = engine(request -> {});

        engine.handle(FakeExchange.get(POLLING + "&token=a").withHeader("X-One", "1"));
        engine.openWebSocket();

        assertThat(asked).hasSize(2);
        assertThat(asked.get(0).query()).containsEntry("token", "a");
        assertThat(asked.get(0).headers()).containsEntry("x-one", "1");
        assertThat(asked.get(0).remoteAddress()).isEqualTo("192.0.2.1");
    }

    @Test
    void isNotAskedForRequestsOfASession() {
        EngineFixture engine = engine(request -> {});
        engine.openPolling();
        asked.clear();

        engine.poll();
        engine.post("4hello");
        engine.offerWebSocket();

        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  EIO=4",
        "GET,  EIO=4&transport=polling&sid=none",
        "POST, EIO=4&transport=polling",
        "GET,  EIO=4&transport=websocket",
    })
    void isNotAskedForRequestsThatAreRefusedAnyway(String method, String query) {
        EngineFixture engine = engine(request -> {});

        assertThat(engine.handle(FakeExchange.of(method, query)).status()).isEqualTo(400);

        assertThat(asked).isEmpty();
    }

    @Test
    void isNotAskedForPagesOfForeignOrigins() {
        EngineFixture engine = engine(request -> {});

        assertThat(engine.handle(FakeExchange.get(POLLING).forbidden()).status())
                .isEqualTo(403);

        assertThat(asked).isEmpty();
    }

    @Test
    void isAskedBeforeTheRevision() {
        EngineFixture engine = engine(request -> {
            throw new ForbiddenException();
        });

        assertThat(engine.handle(FakeExchange.get("EIO=3&transport=polling")).status())
                .isEqualTo(403);
    }

    @Test
    void isAskedAfterTheMiddlewares() {
        EngineFixture engine = engine(request -> {});
        engine.server.use((request, response) -> response.end(404));

        engine.handle(FakeExchange.get(POLLING));

        assertThat(asked).isEmpty();
    }

    @Test
    void refuses() {
        EngineFixture engine = engine(request -> {
            throw new ForbiddenException();
        });

        assertThat(engine.handle(FakeExchange.get(POLLING))).hasToString("403 {\"code\":4,\"message\":\"Forbidden\"}");
        HttpReply upgrade = refusal(engine);
        assertThat(upgrade.status()).isEqualTo(403);
        assertThat(upgrade.body()).asString().isEqualTo("Forbidden");
        assertThat(engine.sockets).isEmpty();
    }

    @Test
    void refusesWithWordsOfTheApplication() {
        EngineFixture engine = engine(request -> {
            throw new ForbiddenException("no \"entry\"\n\u00e9\\");
        });

        assertThat(engine.handle(FakeExchange.get(POLLING)))
                .hasToString("403 {\"code\":4,\"message\":\"no \\\"entry\\\"\\n\u00e9\\\\\"}");
        assertThat(refusal(engine).body()).asString().isEqualTo("no \"entry\"\n\u00e9\\");
        assertThat(errors).hasSize(2).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo(4);
            assertThat(error.message()).isEqualTo("Forbidden");
            assertThat(error.context()).containsEntry("message", "no \"entry\"\n\u00e9\\");
        });
    }

    @Test
    void keepsOtherFailuresToItself() {
        IOException failure = new IOException("secret");
        EngineFixture engine = engine(request -> {
            throw failure;
        });
        try (LogCapture log = new LogCapture(Verification.class)) {
            assertThat(engine.handle(FakeExchange.get(POLLING)))
                    .hasToString("403 {\"code\":4,\"message\":\"Forbidden\"}");
            assertThat(refusal(engine).body()).asString().isEqualTo("Forbidden");

            assertThat(log.records())
                    .hasSize(2)
                    .allSatisfy(record -> assertThat(record.getThrown()).isSameAs(failure));
        }
        assertThat(errors.get(0).context()).containsEntry("error", failure);
    }
}
