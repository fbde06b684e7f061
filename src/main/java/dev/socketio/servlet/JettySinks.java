package dev.socketio.servlet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.eclipse.jetty.websocket.api.Session;

/**
 * Takes the frames of messages below Jetty's API, see {@link JettyInternals}. Jetty makes method handles for each
 * connection, by which it calls the application; once a connection has brought a hundred messages, the JVM makes a class
 * of its handle, and compiles it: for each connection a kilobyte or two that no heap accounts for.
 */
final class JettySinks {

    private static final byte CONTINUATION = 0;
    private static final byte TEXT = 1;

    private final JettyCore core;
    private final Class<?> sink;
    private final Field textSink;
    private final Field binarySink;

    /* Of frames. */
    private final MethodHandle kind;
    private final MethodHandle payload;
    private final MethodHandle isLast;

    /* Of callbacks. */
    private final MethodHandle succeed;
    private final MethodHandle fail;

    /** Makes what closes a connection for text that is not UTF-8. */
    private final MethodHandle newBadPayload;

    JettySinks(JettyCore core) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        this.core = core;
        sink = core.named("websocket.core.messages.MessageSink");
        Class<?> handler = core.named("websocket.common.JettyWebSocketFrameHandler");
        textSink = Reflection.field(handler, "textSink");
        binarySink = Reflection.field(handler, "binarySink");
        Class<?> frame = core.named("websocket.core.Frame");
        kind = Reflection.ofObject(lookup.findVirtual(frame, "getOpCode", MethodType.methodType(byte.class)));
        payload = Reflection.ofObject(lookup.findVirtual(frame, "getPayload", MethodType.methodType(ByteBuffer.class)));
        isLast = Reflection.ofObject(lookup.findVirtual(frame, "isFin", MethodType.methodType(boolean.class)));
        Class<?> callback = core.named("util.Callback");
        MethodType ofFailure = MethodType.methodType(void.class, Throwable.class);
        succeed = Reflection.ofObject(lookup.findVirtual(callback, "succeeded", MethodType.methodType(void.class)));
        fail = Reflection.ofObject(lookup.findVirtual(callback, "failed", ofFailure));
        newBadPayload = lookup.findConstructor(
                        core.named("websocket.core.exception.BadPayloadException"),
                        MethodType.methodType(void.class, String.class, Throwable.class))
                .asType(MethodType.methodType(Throwable.class, String.class, Throwable.class));
    }

    /** Takes messages, or parts of them, one at a time. */
    interface Taker {

        void onText(String part, boolean last);

        /** The bytes are not there any more afterwards. */
        void onBinary(ByteBuffer part, boolean last);

        /** A part of so many bytes has been dealt with: the next frame may be wanted. */
        void onTaken(int size);
    }

    /** Has a connection bring its messages here, while it opens. */
    void open(Session session, Taker taker) throws ReflectiveOperationException {
        Sink frames = new Sink(taker);
        Object opened = Proxy.newProxyInstance(core.loader(), new Class<?>[] {sink}, (proxy, method, arguments) -> {
            if (method.getName().equals("accept")) {
                frames.accept(arguments[0], arguments[1]);
            }
            return null;
        });
        Object handler = core.handlerOf(session);
        textSink.set(handler, opened);
        binarySink.set(handler, opened);
    }

    private final class Sink {

        private final Taker taker;
        private final TextParts text = new TextParts();
        private boolean isText;

        Sink(Taker taker) {
            this.taker = taker;
        }

        void accept(Object frame, Object callback) throws Throwable {
            ByteBuffer part = (ByteBuffer) payload.invokeExact(frame);
            int size = part.remaining();
            try {
                take((byte) kind.invokeExact(frame), part, (boolean) isLast.invokeExact(frame));
            } catch (CharacterCodingException notUtf8) {
                fail.invokeExact(callback, (Throwable) newBadPayload.invokeExact("Invalid UTF-8", (Throwable) notUtf8));
                return;
            } catch (Throwable e) {
                fail.invokeExact(callback, e);
                return;
            }
            succeed.invokeExact(callback);
            taker.onTaken(size);
        }

        private void take(byte kind, ByteBuffer part, boolean last) throws CharacterCodingException {
            if (kind != CONTINUATION) {
                isText = kind == TEXT;
            }
            if (isText) {
                taker.onText(text.decode(part, last), last);
            } else {
                taker.onBinary(part, last);
            }
        }
    }
}
