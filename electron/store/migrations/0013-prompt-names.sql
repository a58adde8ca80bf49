-- What recovered versions are called before a person says otherwise; prompt and version are what they are called now.
ALTER TABLE prompt_template ADD COLUMN own_prompt TEXT NOT NULL DEFAULT '';
ALTER TABLE prompt_template ADD COLUMN own_version TEXT NOT NULL DEFAULT '';
CREATE INDEX prompt_text_template ON prompt_text(template);
