package dev.socketio.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides which requests an {@link EngineServer} carries out; what is checked first is part of the protocol. */
final class Verification {

    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    private final EngineOptions options;
    private final Sessions sessions;

    Verification(EngineOptions options, Sessions sessions) {
        this.options = options;
        this.sessions = sessions;
    }

    /**
     * Checks a request.
     *
     * @param known the session that the request names, looked up once: it may end at any time
     * @param webSocket whether the request asks for a WebSocket
     * @throws EngineRefusal if it is not to be carried out
     */
    void check(RequestHead head, @Nullable EngineSocket known, boolean webSocket) throws EngineRefusal {
        String name = head.query().get("transport");
        TransportName transport = TransportName.of(name);
        if (transport == null || !options.transports().contains(transport)) {
            throw EngineRefusal.of(EngineError.UNKNOWN_TRANSPORT, name == null ? Map.of() : Map.of("transport", name));
        }
        checkOrigin(head.header("Origin"));
        String sid = head.query().get("sid");
        if (sid == null || sid.isEmpty()) {
            checkHandshake(head, transport, webSocket);
        } else if (known == null) {
            String node = sessions.otherNode(head);
            throw node == null
                    ? EngineRefusal.of(EngineError.UNKNOWN_SID, Map.of("sid", sid))
                    : EngineRefusal.ofOtherNode(sid, node);
        } else {
            checkSession(head, known, transport, webSocket);
        }
    }

    private static void checkOrigin(@Nullable String origin) throws EngineRefusal {
        if (origin != null && !ResponseHeaders.isValue(origin)) {
            throw EngineRefusal.badRequest("INVALID_ORIGIN", Map.of("origin", origin));
        }
    }

    private static void checkSession(RequestHead head, EngineSocket known, TransportName transport, boolean webSocket)
            throws EngineRefusal {
        TransportName previous = known.transport();
        if (!webSocket && transport != previous) {
            throw transportMismatch(transport, previous);
        }
        checkTransport(head, transport, webSocket);
        int protocol = revision(head).number();
        if (protocol != known.protocol()) {
            throw EngineRefusal.badRequest(
                    "PROTOCOL_MISMATCH", Map.of("protocol", protocol, "previousProtocol", known.protocol()));
        }
    }

    static EngineRefusal transportMismatch(TransportName transport, TransportName previous) {
        return EngineRefusal.badRequest(
                "TRANSPORT_MISMATCH",
                Map.of("transport", transport.toString(), "previousTransport", previous.toString()));
    }

    private void checkHandshake(RequestHead head, TransportName transport, boolean webSocket) throws EngineRefusal {
        boolean http2 = webSocket && head.method().equals("CONNECT"); // RFC 8441
        if (!head.method().equals("GET") && !http2) {
            throw EngineRefusal.of(EngineError.BAD_HANDSHAKE_METHOD, Map.of("method", head.method()));
        }
        checkTransport(head, transport, webSocket);
        sessions.requireRoom(head);
        checkAllowed(head);
        Revision revision = revision(head);
        if (revision == Revision.V3 && !options.allowEIO3()) {
            throw EngineRefusal.of(EngineError.UNSUPPORTED_PROTOCOL_VERSION, Map.of("protocol", revision.number()));
        }
    }

    private void checkAllowed(RequestHead head) throws EngineRefusal {
        if (!head.isAllowed()) {
            String origin = String.valueOf(head.header("Origin"));
            throw EngineRefusal.named(EngineError.FORBIDDEN, "ORIGIN_NOT_ALLOWED", Map.of("origin", origin));
        }
        AllowRequest application = options.allowRequest();
        if (application == null) {
            return;
        }
        try {
            application.check(head.snapshot());
        } catch (ForbiddenException e) {
            throw EngineRefusal.forbidden(String.valueOf(e.getMessage()));
        } catch (Exception | Error e) {
            log.error("allowRequest failed, the request is refused", e);
            EngineHooks.restoreInterrupt(e);
            throw EngineRefusal.of(EngineError.FORBIDDEN, Map.of("error", e));
        }
    }

    private static void checkTransport(RequestHead head, TransportName transport, boolean webSocket)
            throws EngineRefusal {
        if (webSocket != (transport == TransportName.WEBSOCKET) || (webSocket && !head.canUpgrade())) {
            throw EngineRefusal.badRequest("TRANSPORT_HANDSHAKE_ERROR", Map.of());
        }
    }

    private static Revision revision(RequestHead head) {
        return Revision.of(head.query().get("EIO"));
    }
}
