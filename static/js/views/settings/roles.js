/** The three roles with what each may do. */
import { t } from "../../strings.js";

/** @returns {{ value: import("../../types.js").Role, label: string, hint: string }[]} */
export const roles = () => [
  { value: "admin", label: t("role.admin"), hint: t("role.adminHint") },
  { value: "member", label: t("role.member"), hint: t("role.memberHint") },
  { value: "kid", label: t("role.kid"), hint: t("role.kidHint") },
];
