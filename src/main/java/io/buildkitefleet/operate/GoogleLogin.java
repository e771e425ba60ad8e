package io.buildkitefleet.operate;

/** Whether gcloud is there, and who is logged in with it. */
final class GoogleLogin {
    /** With one of them, gcloud acts as what a file says, and lists nobody. */
    private static final String TOKEN_FILE = "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE";

    private static final String CREDENTIAL_FILE = "CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE";
    static final String COMMAND = "gcloud auth login";
    private static final String WHAT = "gcloud login";

    private final Machine machine;
    private final Gcloud gcloud;
    private final boolean isNeeded;

    /** @param isNeeded whether nothing can be deployed without it; else it only shows what the project has */
    GoogleLogin(Machine machine, Gcloud gcloud, boolean isNeeded) {
        this.machine = machine;
        this.gcloud = gcloud;
        this.isNeeded = isNeeded;
    }

    Prerequisite tool() {
        return machine.find(Gcloud.NAME)
                .map(path -> Prerequisite.good(Gcloud.NAME, path.toString()))
                .orElseGet(() -> lacking(Gcloud.NAME, "install it", Gcloud.INSTALL));
    }

    Prerequisite examine() {
        for (var file : new String[] {TOKEN_FILE, CREDENTIAL_FILE}) {
            if (gcloud.isInstalled() && machine.variable(file).isPresent()) {
                return Prerequisite.good(WHAT, "as the file says that " + file + " names");
            }
        }
        var reply = gcloud.ask("auth", "list", "--filter=status:ACTIVE", "--format=json(account)");
        if (reply.text().isEmpty()) {
            return Prerequisite.unknown(WHAT, reply.reason() + "; whoever is to deploy logs in", COMMAND);
        }
        return reply.text().flatMap(JsonAnswer::parse).stream()
                .flatMap(answer -> answer.items().stream())
                .flatMap(account -> account.text("account").stream())
                .findFirst()
                .map(account -> Prerequisite.good(WHAT, account))
                .orElseGet(() -> lacking(WHAT, "nobody is logged in", COMMAND));
    }

    private Prerequisite lacking(String what, String detail, String command) {
        return isNeeded
                ? Prerequisite.missing(what, detail, command)
                : Prerequisite.warning(what, "what the project has cannot be looked at without it; " + detail, command);
    }
}
