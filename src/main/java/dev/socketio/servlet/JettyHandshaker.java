package dev.socketio.servlet;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;

/** Upgrades requests below Jetty's API, see {@link JettyInternals}. */
final class JettyHandshaker {

    private final JettyCore core;
    private final Object mappings;
    private final Object settings;
    private final Class<?>[] handler;
    private final MethodHandle upgrade;

    /* Of a servlet's request and response: what stands behind, and what filters may have made of it. */
    private final Class<?> plainRequest;
    private final Class<?> plainResponse;
    private final MethodHandle unwrapRequest;
    private final MethodHandle unwrapResponse;
    private final MethodHandle wrapRequest;
    private final MethodHandle wrapResponse;

    /* Of requests. */
    private final MethodHandle offeredExtensions;
    private final MethodHandle offeredSubprotocols;

    /* Of responses. */
    private final MethodHandle setExtensions;
    private final MethodHandle setSubprotocol;

    /* Of extensions. */
    private final MethodHandle name;
    private final MethodHandle parameters;

    JettyHandshaker(JettyCore core, JettyWebSocketServerContainer container) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        this.core = core;
        mappings = requireNonNull(
                Reflection.field(container.getClass(), "webSocketMappings").get(container));
        settings = requireNonNull(
                Reflection.field(container.getClass(), "customizer").get(container));
        Class<?> negotiator = core.named("websocket.core.server.WebSocketNegotiator");
        handler = new Class<?>[] {negotiator, core.named("websocket.core.FrameHandler")};

        Class<?> request = core.named("server.Request");
        Class<?> response = core.named("server.Response");
        plainRequest = core.named("ee10.servlet.ServletApiRequest");
        plainResponse = core.named("ee10.servlet.ServletApiResponse");
        Class<?> contextRequest = core.named("ee10.servlet.ServletContextRequest");
        unwrapRequest = JettyCore.erased(lookup.findStatic(
                contextRequest,
                "getServletContextRequest",
                MethodType.methodType(contextRequest, ServletRequest.class)));
        Class<?> contextResponse = core.named("ee10.servlet.ServletContextResponse");
        unwrapResponse = JettyCore.erased(lookup.findStatic(
                contextResponse,
                "getServletContextResponse",
                MethodType.methodType(contextResponse, ServletResponse.class)));
        wrapRequest = JettyCore.erased(lookup.findStatic(
                core.named("ee10.servlet.ServletCoreRequest"),
                "wrap",
                MethodType.methodType(request, HttpServletRequest.class)));
        wrapResponse = JettyCore.erased(lookup.findStatic(
                core.named("ee10.servlet.ServletCoreResponse"),
                "wrap",
                MethodType.methodType(response, request, HttpServletResponse.class, boolean.class)));
        upgrade = core.method(
                core.named("websocket.core.server.WebSocketMappings"),
                "upgrade",
                boolean.class,
                negotiator,
                request,
                response,
                core.callback(),
                core.named("websocket.core.Configuration$Customizer"));

        Class<?> asked = core.named("websocket.core.server.ServerUpgradeRequest");
        offeredExtensions = core.method(asked, "getExtensions", List.class);
        offeredSubprotocols = core.method(asked, "getSubProtocols", List.class);
        Class<?> answer = core.named("websocket.core.server.ServerUpgradeResponse");
        setExtensions = core.method(answer, "setExtensions", void.class, List.class);
        setSubprotocol = core.method(answer, "setAcceptedSubProtocol", void.class, String.class);
        Class<?> extension = core.named("websocket.core.ExtensionConfig");
        name = core.method(extension, "getName", String.class);
        parameters = core.method(extension, "getParameterKeys", Set.class);
    }

    /**
     * Answers a request with an upgrade. What Jetty opens is the handler's afterwards.
     *
     * @param handler told of what becomes of the connection
     */
    void upgrade(HttpServletRequest request, HttpServletResponse response, JettyHandler handler) throws IOException {
        CompletableFuture<Void> written = new CompletableFuture<>();
        Object callback = core.newCallback(() -> written.complete(null), written::completeExceptionally);
        try {
            boolean isPlain = plainRequest.isInstance(request) && plainResponse.isInstance(response);
            Object asked = isPlain
                    ? (Object) unwrapRequest.invokeExact((ServletRequest) request)
                    : (Object) wrapRequest.invokeExact(request);
            Object answer = isPlain
                    ? (Object) unwrapResponse.invokeExact((ServletResponse) response)
                    : (Object) wrapResponse.invokeExact(asked, response, /* included= */ false);
            Object told = core.implement(handler, this.handler);
            if ((boolean) upgrade.invokeExact(mappings, told, asked, answer, callback, settings)) {
                written.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the response to a handshake was written");
        } catch (ExecutionException e) {
            throw new IOException("the response to a handshake cannot be written", e.getCause());
        } catch (Throwable e) {
            throw Reflection.unchecked(e);
        }
    }

    /** Says in a response which of the extensions and subprotocols of its request are used. */
    void agree(Object request, Object response, boolean deflate) throws Throwable {
        List<?> extensions = (List<?>) offeredExtensions.invokeExact(request);
        if (!extensions.isEmpty()) {
            List<?> taken = deflate ? deflate(extensions) : List.of();
            setExtensions.invokeExact(response, taken);
        }
        // the first that is offered, as Socket.IO does: browsers give up if none is accepted
        List<?> subprotocols = (List<?>) offeredSubprotocols.invokeExact(request);
        if (!subprotocols.isEmpty()) {
            setSubprotocol.invokeExact(response, (String) subprotocols.get(0));
        }
    }

    private List<?> deflate(List<?> offered) throws Throwable {
        for (Object extension : offered) {
            if (Deflate.accepts(
                    (String) name.invokeExact(extension), keys((Set<?>) parameters.invokeExact(extension)))) {
                return List.of(extension);
            }
        }
        return List.of();
    }

    @SuppressWarnings("unchecked") // of strings, by its signature
    private static Set<String> keys(Set<?> keys) {
        return (Set<String>) keys;
    }
}
