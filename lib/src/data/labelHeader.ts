/** What a header calls the column of the classes. */
export const LABEL =
  /^(labels?|class(es|name|_name|label)?|categor(y|ies)|target|species|y|dx|diagnosis|emotions?|breed)$/i;
