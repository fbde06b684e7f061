package dev.socketio.engine;

import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on fake time, whose connections all tell the same listener. Their ids are {@code sid1}, {@code sid2}, … */
final class EngineFixture {

    static final String POLLING = "EIO=4&transport=polling";
    static final String WEBSOCKET = "EIO=4&transport=websocket";
    static final String POLLING_V3 = "EIO=3&transport=polling";
    static final String WEBSOCKET_V3 = "EIO=3&transport=websocket";

    /** How long a poll that comes after the probe waits for the upgrade packet. */
    static final Duration CROSSING_POLL = Duration.ofMillis(50);

    /** How long a client's close packet waits for a poll. */
    static final Duration CROSSING_CLOSE = Duration.ofMillis(100);

    final FakeScheduler time = new FakeScheduler();
    final RecordingListener above = new RecordingListener();

    /** The connections in the order in which they were opened. */
    final List<EngineSocket> sockets = new ArrayList<>();

    final EngineServer server;

    private final String polling;
    private final String webSocket;

    EngineFixture() {
        this(EngineOptions.builder());
    }

    EngineFixture(EngineOptions.Builder options) {
        this(options, POLLING, WEBSOCKET);
    }

    private EngineFixture(EngineOptions.Builder options, String polling, String webSocket) {
        this.polling = polling;
        this.webSocket = webSocket;
        AtomicInteger number = new AtomicInteger();
        server = new EngineServer(
                options.build(), this::onConnection, () -> "sid" + number.incrementAndGet(), time, /* own= */ false);
    }

    /** Returns a fixture whose clients speak revision 3. */
    static EngineFixture ofRevision3() {
        return ofRevision3(EngineOptions.builder());
    }

    static EngineFixture ofRevision3(EngineOptions.Builder options) {
        return new EngineFixture(options.allowEIO3(true), POLLING_V3, WEBSOCKET_V3);
    }

    private EngineListener onConnection(EngineSocket socket) {
        sockets.add(socket);
        return above;
    }

    /** Returns the first connection. */
    EngineSocket socket() {
        return sockets.get(0);
    }

    FakeExchange handle(FakeExchange exchange) {
        server.handle(exchange);
        return exchange;
    }

    /** Opens a connection over polling; the handshake is answered. */
    EngineSocket openPolling() {
        handle(FakeExchange.get(polling));
        return sockets.get(sockets.size() - 1);
    }

    /** Polls for the first connection. */
    FakeExchange poll() {
        return request("GET");
    }

    /** Posts to the first connection. */
    FakeExchange post(String body) {
        return handle(FakeExchange.post(session(polling), body));
    }

    FakeExchange request(String method) {
        return handle(FakeExchange.of(method, session(polling)));
    }

    /** Returns the query for the first connection. */
    String session(String query) {
        return query + "&sid=" + socket().id();
    }

    /** Opens a connection over WebSocket; the handshake is written. */
    FakeChannel openWebSocket() {
        return openWebSocket(new FakeChannel());
    }

    FakeChannel openWebSocket(FakeChannel channel) {
        return open(channel, webSocket);
    }

    /** Offers a WebSocket to the first connection. */
    FakeChannel offerWebSocket() {
        return open(new FakeChannel(), session(webSocket));
    }

    FakeChannel open(FakeChannel channel, String query) {
        try {
            channel.opened(server.acceptWebSocket(FakeExchange.get(query)).open(channel));
        } catch (EngineRefusal e) {
            throw new AssertionError("refused: " + e.error(), e);
        }
        return channel;
    }
}
