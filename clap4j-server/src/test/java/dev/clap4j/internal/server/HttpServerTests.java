package dev.clap4j.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class HttpServerTests {
    /** As reported on Linux, with the texts of Jetty and Javalin around it. */
    @Test
    void theReasonOfTheSystemIsFound() {
        assertThat(reason(new SocketException("Permission denied")))
                .isEqualTo("the system does not permit it to this user; choose a port above 1023");
        assertThat(reason(new BindException("Address already in use")))
                .isEqualTo("another program uses the port; choose another one");
        assertThat(reason(new BindException("Cannot assign requested address")))
                .isEqualTo("the address is not of this machine");
        assertThat(reason(new UnresolvedAddressException())).isEqualTo("there is no such host");
        assertThat(reason(new UnknownHostException("nowhere"))).isEqualTo("there is no such host");
        assertThat(reason(new SocketException("Protocol not supported"))).isEqualTo("Protocol not supported");
    }

    private static String reason(Throwable cause) {
        return HttpServer.reason(
                new IllegalStateException("Port already in use", new IOException("Failed to bind", cause)));
    }
}
