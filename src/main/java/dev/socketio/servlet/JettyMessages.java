package dev.socketio.servlet;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** Takes frames below Jetty's API, see {@link JettyInternals}, and makes messages of them. */
final class JettyMessages {

    private final JettyCore core;
    private final JettyFrames frames;

    /* Of frames. */
    private final MethodHandle kind;
    private final MethodHandle payload;
    private final MethodHandle isLast;

    /** Makes what closes a connection for text that is not UTF-8. */
    private final MethodHandle newBadPayload;

    JettyMessages(JettyCore core, JettyFrames frames) throws ReflectiveOperationException {
        this.core = core;
        this.frames = frames;
        Class<?> frame = core.named("websocket.core.Frame");
        kind = core.method(frame, "getOpCode", byte.class);
        payload = core.method(frame, "getPayload", ByteBuffer.class);
        isLast = core.method(frame, "isFin", boolean.class);
        newBadPayload = MethodHandles.publicLookup()
                .findConstructor(
                        core.named("websocket.core.exception.BadPayloadException"),
                        MethodType.methodType(void.class, String.class, Throwable.class))
                .asType(MethodType.methodType(Throwable.class, String.class, Throwable.class));
    }

    /** Takes messages, or parts of them, one at a time. */
    interface Taker {

        void onText(String part, boolean last);

        /** The bytes are not there any more afterwards. */
        void onBinary(ByteBuffer part, boolean last);

        /** A frame of so many bytes has been dealt with: the next one may be wanted. */
        void onTaken(int size);

        /** The client closes. */
        void onClosed();
    }

    /** What comes over one connection. */
    final class Incoming {

        private final Object session;
        private final Taker taker;
        private final TextParts text = new TextParts();
        private boolean isText;

        /** @param session the {@code WebSocketCoreSession} */
        Incoming(Object session, Taker taker) {
            this.session = session;
            this.taker = taker;
        }

        /** Takes the next frame; the callback lets Jetty have its bytes back, and has a close frame answered. */
        void accept(Object frame, Object callback) throws Throwable {
            ByteBuffer part = (ByteBuffer) payload.invokeExact(frame);
            switch ((byte) kind.invokeExact(frame)) {
                case Opcode.TEXT -> {
                    isText = true;
                    take(part, (boolean) isLast.invokeExact(frame), callback);
                }
                case Opcode.BINARY -> {
                    isText = false;
                    take(part, (boolean) isLast.invokeExact(frame), callback);
                }
                case Opcode.CONTINUATION -> take(part, (boolean) isLast.invokeExact(frame), callback);
                case Opcode.PING -> answer(part, callback);
                case Opcode.CLOSE -> {
                    taker.onClosed();
                    core.succeed(callback);
                }
                default -> {
                    core.succeed(callback);
                    taker.onTaken(0);
                }
            }
        }

        private void take(ByteBuffer part, boolean last, Object callback) throws Throwable {
            int size = part.remaining();
            try {
                if (isText) {
                    taker.onText(text.decode(part, last), last);
                } else {
                    taker.onBinary(part, last);
                }
            } catch (CharacterCodingException notUtf8) {
                core.fail(callback, (Throwable) newBadPayload.invokeExact("Invalid UTF-8", (Throwable) notUtf8));
                return;
            }
            core.succeed(callback);
            taker.onTaken(size);
        }

        /** With a pong. The next frame comes once that has been written, lest they pile up; it may be too late for one. */
        private void answer(ByteBuffer ping, Object callback) {
            Runnable answered = () -> {
                core.succeed(callback);
                taker.onTaken(0);
            };
            frames.pong(session, ping, core.newCallback(answered, failure -> answered.run()));
        }
    }
}
