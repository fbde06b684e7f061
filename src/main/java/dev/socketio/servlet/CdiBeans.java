package dev.socketio.servlet;

import dev.socketio.SocketIoApplication;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance.Handle;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/** Applications that CDI makes. Linked only where CDI is there. */
final class CdiBeans {

    private CdiBeans() {}

    /** Returns the bean of just this class, null if there is none or CDI does not serve this web application. */
    static @Nullable SocketIoApplication find(Class<?> type, ServletContext context) {
        CDI<Object> cdi;
        try {
            cdi = CDI.current();
        } catch (IllegalStateException notStarted) {
            return null;
        }
        return cdi.select(type, Any.Literal.INSTANCE)
                .handlesStream()
                .filter(handle -> handle.getBean().getBeanClass() == type)
                .findFirst()
                .map(handle -> get(handle, context))
                .orElse(null);
    }

    private static SocketIoApplication get(Handle<?> handle, ServletContext context) {
        SocketIoApplication application = (SocketIoApplication) handle.get();
        if (handle.getBean().getScope() == Dependent.class) {
            context.addListener(new End(handle));
        }
        return application;
    }

    /** Ends what depends on nobody else's end. */
    private record End(Handle<?> handle) implements ServletContextListener {

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            handle.destroy();
        }
    }
}
