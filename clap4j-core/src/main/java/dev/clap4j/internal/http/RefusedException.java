package dev.clap4j.internal.http;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import java.util.regex.Pattern;

/** Thrown when a server refuses a request. */
public final class RefusedException extends ClapException {
    private static final long serialVersionUID = 1L;

    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    private final int status;
    private final String body;

    RefusedException(Problem problem, String message, int status, String body) {
        super(problem, message, null);
        this.status = status;
        this.body = body;
    }

    /** Returns whether the server finds fault with the request itself: others may be answered. */
    public boolean isOfRequest() {
        return status == BAD_REQUEST || status == UNPROCESSABLE;
    }

    /** Returns whether the server finds fault with the request and, in quotation marks, names a parameter of it. */
    public boolean names(String parameter) {
        return isOfRequest()
                && Pattern.compile("[\"'`]" + Pattern.quote(parameter) + "\\\\?[\"'`]")
                        .matcher(body)
                        .find();
    }
}
