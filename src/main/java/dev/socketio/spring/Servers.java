package dev.socketio.spring;

import static java.util.Objects.requireNonNull;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.servlet.SocketIoInitializer;
import jakarta.servlet.ServletContext;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.SmartLifecycle;

/**
 * The servers of the applications among the beans, from their making to their end.
 *
 * <p>They end before the container does: it would wait for the polls that are parked, for as long as its shutdown may
 * take.
 */
final class Servers implements ServletContextInitializer, SmartLifecycle, DisposableBean {

    private final IdentityHashMap<SocketIoApplication, SocketIoServer> servers = new IdentityHashMap<>();

    private volatile boolean running;

    /** Makes the servers, so that beans can have them before there is a container. */
    Servers(List<SocketIoApplication> applications, Map<String, String> options) {
        try {
            for (SocketIoApplication application : applications) {
                servers.put(application, SocketIoInitializer.create(application, options));
            }
        } catch (RuntimeException | Error e) {
            destroy();
            throw e;
        }
    }

    SocketIoServer of(SocketIoApplication application) {
        return requireNonNull(servers.get(application), "made after the servers");
    }

    @Override
    public void onStartup(ServletContext context) {
        servers.values().forEach(io -> SocketIoInitializer.register(context, io));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        destroy();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Where the context has never started, nobody calls {@code stop}. */
    @Override
    public void destroy() {
        servers.values().forEach(SocketIoServer::close);
    }
}
