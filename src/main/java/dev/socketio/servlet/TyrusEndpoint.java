package dev.socketio.servlet;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One WebSocket of Tyrus: passes on to the endpoint that its request came with. Public because Tyrus calls it. */
public final class TyrusEndpoint extends Endpoint {

    /** User property: the {@link JakartaEndpoint}. */
    static final String PREPARED = TyrusEndpoint.class.getName();

    private @Nullable JakartaEndpoint prepared;

    TyrusEndpoint() {}

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        if (session.getUserProperties().remove(PREPARED) instanceof JakartaEndpoint endpoint) {
            prepared = endpoint;
            endpoint.onOpen(session, config);
        } else {
            refuse(session);
        }
    }

    private void refuse(Session session) {
        try {
            session.close(new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "not for clients"));
        } catch (IOException gone) {
            // which is as well
        }
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        if (prepared != null) {
            prepared.onClose(session, reason);
        }
    }

    @Override
    public void onError(Session session, Throwable failure) {
        if (prepared != null) {
            prepared.onError(session, failure);
        }
    }
}
