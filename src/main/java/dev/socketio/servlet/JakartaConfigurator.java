package dev.socketio.servlet;

import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Negotiates what client and server do on a WebSocket: compression if it is wanted, and any subprotocol. */
abstract class JakartaConfigurator extends ServerEndpointConfig.Configurator {

    private final boolean deflate;

    JakartaConfigurator(boolean deflate) {
        this.deflate = deflate;
    }

    @Override
    public final List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        boolean available = deflate && installed.stream().anyMatch(JakartaConfigurator::isDeflate);
        return requested.stream()
                .filter(offer -> available && isDeflate(offer))
                .limit(1)
                .toList();
    }

    private static boolean isDeflate(Extension extension) {
        Set<String> parameters = extension.getParameters().stream()
                .map(Extension.Parameter::getName)
                .collect(Collectors.toSet());
        return Deflate.accepts(extension.getName(), parameters);
    }

    /** Accepts the first that is offered, as Socket.IO does: browsers give up if none is. */
    @Override
    public final String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.isEmpty() ? "" : requested.get(0);
    }
}
