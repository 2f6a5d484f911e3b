package dev.clap4j.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Requests to end the process, heard before Java begins to shut down: from then on native libraries are taken apart while
 * other threads may be at work in them.
 *
 * <p>Java offers this in {@code sun.misc} alone, of which the compiler warns, so it is looked up by name.
 */
final class Signals {
    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private Signals() {}

    /**
     * Hears Ctrl-C, a request to terminate, and the end of the terminal; those that are ignored (as by {@code nohup}) stay so.
     *
     * @param handler told the signal's number, each time on a thread of its own
     * @return whether that is possible with this Java
     */
    static boolean handle(IntConsumer handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> listener = Class.forName("sun.misc.SignalHandler");
            Method number = signal.getMethod("getNumber");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {listener}, (self, method, a) -> {
                        if (method.getName().equals("handle")) {
                            handler.accept((int) number.invoke(a[0]));
                        }
                        return null;
                    });
            for (String name : NAMES) {
                handle(signal, listener, name, proxy);
            }
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static void handle(Class<?> signal, Class<?> listener, String name, Object handler)
            throws ReflectiveOperationException {
        try {
            signal.getMethod("handle", signal, listener)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (InvocationTargetException e) {
            // The system has no such signal, or Java keeps it for itself.
        }
    }
}
