package dev.clap4j.internal.server.http;

import java.util.Optional;

/** An answer other than success, in the shape that clients of OpenAI know. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String INVALID = "invalid_request_error";
    private static final String SERVER = "server_error";
    private static final int RETRY_SECONDS = 1;

    private final int status;
    private final String type;
    private final String code;
    private final String param;

    private ApiException(int status, String type, String code, String param, String message) {
        // Without a stack trace: there may be thousands a second.
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
        this.param = param;
    }

    /**
     * Says what is wrong with a field.
     *
     * @param param the field, such as {@code input[2]}; null for the whole request
     */
    public static ApiException bad(String param, String message) {
        return new ApiException(400, INVALID, "invalid_value", param, message);
    }

    /** Refuses a request without a valid key. */
    static ApiException noKey() {
        return new ApiException(
                401, INVALID, "invalid_api_key", null, "A valid API key is expected: Authorization: Bearer KEY");
    }

    /** Refuses a request that a page of another site sent. */
    static ApiException forbidden(String message) {
        return new ApiException(403, INVALID, "forbidden", null, message);
    }

    /** Says that there is nothing at a path. */
    public static ApiException notFound() {
        return new ApiException(404, INVALID, "not_found", null, "There is nothing at this address; see /docs");
    }

    /** Says that there is nothing to search. */
    public static ApiException noIndex() {
        return new ApiException(
                404, INVALID, "not_found", null, "This server was started without an index of pictures");
    }

    /** Says that there is no such model. */
    public static ApiException noModel(String known) {
        return new ApiException(
                404, INVALID, "model_not_found", "model", "There is no such model; this server has " + known);
    }

    /** Says that a path takes other methods. */
    public static ApiException wrongMethod(String allowed) {
        return new ApiException(405, INVALID, "method_not_allowed", null, "This address takes " + allowed);
    }

    static ApiException slow() {
        return new ApiException(408, INVALID, "request_timeout", null, "The request did not arrive in time");
    }

    /** Refuses a body, or a picture from elsewhere, that is too long. */
    public static ApiException tooLarge(String param, String message) {
        return new ApiException(413, INVALID, "request_too_large", param, message);
    }

    /** Refuses a kind of body. */
    public static ApiException unsupported(String message) {
        return new ApiException(415, INVALID, "unsupported_media_type", null, message);
    }

    /** Sends a request away, since the server has enough to do. */
    public static ApiException busy() {
        return new ApiException(
                429, "rate_limit_error", "overloaded", null, "The server is busy; try again in a moment");
    }

    static ApiException internal(String id) {
        return new ApiException(
                500, SERVER, "internal_error", null, "Something failed in the server; its log tells more about " + id);
    }

    /** Says that another server did not give a picture. */
    public static ApiException notFetched(String param, String message) {
        return new ApiException(400, INVALID, "fetch_failed", param, message);
    }

    /** Says that the server is closing. */
    public static ApiException closing() {
        return new ApiException(503, SERVER, "closing", null, "The server is shutting down");
    }

    /** Says that a request took too long. */
    public static ApiException overdue() {
        return new ApiException(503, SERVER, "timeout", null, "The request took too long; try again with less");
    }

    /** Says that there is not enough memory. */
    static ApiException full() {
        return new ApiException(
                503, SERVER, "out_of_memory", null, "The server has too little memory for this request");
    }

    /** Makes an error of a server's own. */
    static ApiException of(int status) {
        return new ApiException(
                status, status < 500 ? INVALID : SERVER, "http_error", null, "The request cannot be answered");
    }

    /** Returns the status. */
    public int status() {
        return status;
    }

    /** Returns the same error about another field. */
    public ApiException about(String field) {
        return new ApiException(status, type, code, field, getMessage());
    }

    /** Returns the seconds after which to try again; empty if that is of no use. */
    Optional<Integer> retryAfter() {
        return status == 429 || status == 503 ? Optional.of(RETRY_SECONDS) : Optional.empty();
    }

    /** Returns the content of the answer. */
    public Details details() {
        return new Details(getMessage(), type, param, code);
    }

    /** The error in an answer. */
    public record Details(String message, String type, String param, String code) {}

    private record Body(Details error) {}

    /** Returns the answer. */
    Reply reply() {
        Reply reply = Reply.json(status, new Body(details()));
        if (status == 401) {
            reply = reply.with("WWW-Authenticate", "Bearer");
        }
        return retryAfter()
                .map(String::valueOf)
                .map(seconds -> Reply.json(status, new Body(details())).with("Retry-After", seconds))
                .orElse(reply);
    }
}
